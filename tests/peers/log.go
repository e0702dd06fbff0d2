// Checks the log and the proofs of a served court with Go's own transparency-log packages, which share no code with
// it: each must be accepted as it is, and refused with any byte changed.
//
// Usage: log DIR, where DIR holds policy, checkpoint, tile/... and papers/*.pdf with their .tlog-proof.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Of each file so many bytes are changed in turn, evenly over its length.
const samples = 60

// What a reader trusts: the log, and every witness that its policy names.
type trust struct {
	log       note.Verifier
	witnesses []string
}

func main() {
	dir := os.Args[1]
	policy := readPolicy(read(dir, "policy"))
	signed := read(dir, "checkpoint")
	tree, err := policy.open(signed)
	must(err)
	refused := mutated(signed, func(changed []byte) error { _, err := policy.open(changed); return err })
	say("the checkpoint: %d entries, signed, %d cosignatures; %d changed bytes refused", tree.N, len(policy.witnesses), refused)
	checkTiles(dir, tree)
	checkProofs(dir, policy)
}

func readPolicy(text []byte) trust {
	var found trust
	for _, line := range strings.Split(string(text), "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) >= 2 && words[0] == "log" && strings.Contains(words[1], "/record+"):
			verifier, err := note.NewVerifier(words[1])
			must(err)
			found.log = verifier
		case len(words) >= 3 && words[0] == "witness":
			found.witnesses = append(found.witnesses, words[2])
		}
	}
	expect(found.log != nil && len(found.witnesses) == 2, "the policy names no log of acts, or not two witnesses")
	return found
}

// open accepts a checkpoint that the log signed and every witness cosigned.
func (policy trust) open(signed []byte) (tree tlog.Tree, err error) {
	// Go's decoder passes over stray bits at the end of base64; a signature has one form here.
	for _, line := range strings.Split(string(signed), "\n") {
		if strings.HasPrefix(line, "— ") {
			words := strings.Split(line, " ")
			if _, err := decode(words[len(words)-1]); err != nil {
				return tree, err
			}
		}
	}
	opened, err := note.Open(signed, note.VerifierList(policy.log))
	if err != nil {
		return tree, err
	}
	for _, witness := range policy.witnesses {
		if err := cosigned(opened.Text, string(signed), witness); err != nil {
			return tree, err
		}
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != policy.log.Name() {
		return tree, errors.New("the note is no checkpoint of this log")
	}
	tree.N, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tree, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

// Go's note package knows no cosignatures; this is the specification's own arithmetic.
func cosigned(text, signed, vkey string) error {
	name, rest, _ := strings.Cut(vkey, "+")
	id, encoded, _ := strings.Cut(rest, "+")
	key, err := decode(encoded)
	if err != nil || len(key) != 33 || key[0] != 4 {
		return errors.New("the key is not that of a witness")
	}
	sum := sha256.Sum256(append([]byte(name+"\n"), key...))
	if hex.EncodeToString(sum[:4]) != id {
		return errors.New("the id of the witness is wrong")
	}
	_, lines, _ := strings.Cut(signed, "\n— "+name+" ")
	encoded, _, _ = strings.Cut(lines, "\n")
	payload, err := decode(encoded)
	if err != nil || len(payload) != 76 || !bytes.Equal(payload[:4], sum[:4]) {
		return errors.New("there is no cosignature of " + name)
	}
	at := binary.BigEndian.Uint64(payload[4:12])
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", at, text)
	if !ed25519.Verify(key[1:], []byte(message), payload[12:]) {
		return errors.New("the cosignature of " + name + " is wrong")
	}
	return nil
}

// checkTiles builds the whole tree anew from the leaves with Go's arithmetic: its root must be the one that was signed,
// and every tile what Go makes of it. (Go's own reader of tiles passes over some where several subtrees of the root
// lie in one tile; it is asked for what it proves all the same.)
func checkTiles(dir string, tree tlog.Tree) {
	reader := tlog.TileHashReader(tree, files{dir})
	for _, index := range []int64{0, tree.N / 2, tree.N - 1} {
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		must(err)
		leaves, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		must(err)
		must(tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaves[0]))
	}
	var tiles []tlog.Tile
	data := map[string][]byte{}
	for _, tile := range tlog.NewTiles(8, 0, tree.N) {
		// Go names a tile at every width it ever had; the widest is the one there is.
		if last := len(tiles) - 1; last >= 0 && tiles[last].L == tile.L && tiles[last].N == tile.N {
			tiles = tiles[:last]
		}
		tiles = append(tiles, tile)
	}
	for _, tile := range tiles {
		data[place(tile)] = read(dir, place(tile))
	}
	must(fits(tree, tiles, data))
	refused := 0
	for _, tile := range tiles {
		whole := data[place(tile)]
		for _, at := range []int{0, len(whole) / 3, len(whole) - 1} {
			changed := append([]byte{}, whole...)
			changed[at] ^= 1
			data[place(tile)] = changed
			err := fits(tree, tiles, data)
			expect(err != nil, fmt.Sprintf("byte %d of %s was changed, and nobody noticed", at, place(tile)))
			refused++
		}
		data[place(tile)] = whole
	}
	say("%d tiles: the tree that Go builds from the leaves is the one that was signed; %d changed bytes refused", len(tiles), refused)
}

func fits(tree tlog.Tree, tiles []tlog.Tile, data map[string][]byte) error {
	var stored []tlog.Hash
	built := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, stored[index])
		}
		return found, nil
	})
	for index := int64(0); index < tree.N; index++ {
		tile := tlog.TileForIndex(8, tlog.StoredHashIndex(0, index))
		for _, known := range tiles {
			if known.L == 0 && known.N == tile.N {
				tile = known
			}
		}
		leaf, err := tlog.HashFromTile(tile, data[place(tile)], tlog.StoredHashIndex(0, index))
		if err != nil {
			return err
		}
		hashes, err := tlog.StoredHashesForRecordHash(index, leaf, built)
		if err != nil {
			return err
		}
		stored = append(stored, hashes...)
	}
	root, err := tlog.TreeHash(tree.N, built)
	if err != nil || root != tree.Hash {
		return fmt.Errorf("the leaves give another root: %v %v", root, err)
	}
	for _, tile := range tiles {
		made, err := tlog.ReadTileData(tile, built)
		if err != nil || !bytes.Equal(made, data[place(tile)]) {
			return fmt.Errorf("%s is not what the leaves give: %v", place(tile), err)
		}
	}
	return nil
}

func checkProofs(dir string, policy trust) {
	proofs, err := filepath.Glob(filepath.Join(dir, "papers", "*.tlog-proof"))
	must(err)
	expect(len(proofs) > 3, "there are hardly any proofs")
	refused := 0
	for _, path := range proofs {
		proof, paper := read("", path), read("", strings.TrimSuffix(path, ".tlog-proof"))
		must(policy.check(proof, paper))
		refused += mutated(proof, func(changed []byte) error { return policy.check(changed, paper) })
		refused += mutated(paper, func(changed []byte) error { return policy.check(proof, changed) })
	}
	say("%d papers: each is what its proof says was recorded; %d changed bytes refused", len(proofs), refused)
}

// check reads a proof as c2sp.org/tlog-proof writes it, and opens what it carries: an entry (33 bytes), its opening (a
// version, the event's id, the salt), and the recorded words, which name the paper.
func (policy trust) check(proof, paper []byte) error {
	head, checkpoint, found := strings.Cut(string(proof), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("this is no proof")
	}
	extra, err := decode(strings.TrimPrefix(lines[1], "extra "))
	if err != nil || len(extra) <= 82 || lines[1][:6] != "extra " {
		return errors.New("the proof carries nothing")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil || lines[2] != fmt.Sprintf("index %d", index) {
		return errors.New("the proof has no index")
	}
	var path tlog.RecordProof
	for _, line := range lines[3:] {
		raw, err := decode(line)
		if err != nil || len(raw) != tlog.HashSize {
			return errors.New("a line of the path is no hash")
		}
		var hash tlog.Hash
		copy(hash[:], raw)
		path = append(path, hash)
	}
	tree, err := policy.open([]byte(checkpoint))
	if err != nil {
		return err
	}
	entry, opening, body := extra[:33], extra[33:82], extra[82:]
	if err := tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		return err
	}
	return isPaper(entry, opening, body, paper)
}

func isPaper(entry, opening, body, paper []byte) error {
	mac := hmac.New(sha256.New, opening[17:])
	mac.Write([]byte("xiezhi/1"))
	mac.Write(opening[1:17])
	must(binary.Write(mac, binary.BigEndian, uint64(len(body))))
	mac.Write(body)
	if entry[0] != 1 || opening[0] != 1 || !hmac.Equal(mac.Sum(nil), entry[1:]) {
		return errors.New("the entry stands for other words")
	}
	var told struct{ File struct{ Sha256 string } }
	if err := json.Unmarshal(body, &told); err != nil {
		return err
	}
	if sum := sha256.Sum256(paper); hex.EncodeToString(sum[:]) != told.File.Sha256 {
		return errors.New("another paper was recorded")
	}
	return nil
}

// mutated changes one byte after the other, evenly over the file; each must be refused.
func mutated(whole []byte, accept func([]byte) error) int {
	refused := 0
	for sample := 0; sample < samples && sample < len(whole); sample++ {
		at := sample * len(whole) / samples
		changed := append([]byte{}, whole...)
		changed[at] ^= 1 << (sample % 8)
		expect(accept(changed) != nil, fmt.Sprintf("byte %d of %d was changed, and nobody noticed", at, len(whole)))
		refused++
	}
	return refused
}

// Where C2SP keeps a tile. Go names the tile height first.
func place(tile tlog.Tile) string { return "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/") }

// files serves the tiles of a folder.
type files struct{ dir string }

func (files) Height() int                         { return 8 }
func (files) SaveTiles(_ []tlog.Tile, _ [][]byte) {}

func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(f.dir, place(tile)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func decode(text string) ([]byte, error) { return base64.StdEncoding.Strict().DecodeString(text) }

func read(dir, name string) []byte {
	data, err := os.ReadFile(filepath.Join(dir, name))
	must(err)
	return data
}

func say(words string, values ...interface{}) { fmt.Printf("ok   Go: "+words+"\n", values...) }

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "FAIL Go:", err)
		os.Exit(1)
	}
}

func expect(holds bool, reason string) {
	if !holds {
		must(errors.New(reason))
	}
}
