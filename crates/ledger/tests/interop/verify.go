// Checks a log written by this project with Go's own transparency-log packages, which share no
// code with it. Every check that fails ends the program with a reason.
//
// Usage: verify DIR, where DIR holds
//
//	vkey, witness-vkey  the public keys of the log and of its witness
//	checkpoint          the signed and cosigned checkpoint
//	old                 size and root of an earlier tree, as the first lines of a checkpoint have them
//	tile/...            the tiles
//	entries             one entry a line, in base64
//	proofs              lines "inclusion INDEX HASH..." and "consistency HASH..."
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	dir := os.Args[1]
	text := checkNote(read(dir, "checkpoint"), line(dir, "vkey"))
	fmt.Println("note: accepted, and refused when changed")
	checkCosignature(text, read(dir, "checkpoint"), line(dir, "witness-vkey"))
	fmt.Println("cosignature: accepted")

	tree := head(strings.SplitN(text, "\n", 2)[1])
	old := head(read(dir, "old"))
	reader := tlog.TileHashReader(tree, files{dir})
	entries := strings.Split(strings.TrimSpace(read(dir, "entries")), "\n")
	expect(int64(len(entries)) == tree.N, "the number of entries is not the size")
	for index, entry := range entries {
		if index%997 != 0 && int64(index) < tree.N-3 {
			continue
		}
		checkTiles(tree, reader, int64(index), decode(entry))
	}
	fmt.Println("tiles: every proof that Go makes from them holds")

	proof, err := tlog.ProveTree(tree.N, old.N, reader)
	must(err)
	must(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
	fmt.Println("tiles: the older tree is the beginning of the newer one")
	checkProofs(tree, old, entries, strings.Split(strings.TrimSpace(read(dir, "proofs")), "\n"))
	fmt.Println("proofs: accepted, and refused for another leaf")
}

func checkNote(signed, vkey string) string {
	verifier, err := note.NewVerifier(vkey)
	must(err)
	opened, err := note.Open([]byte(signed), note.VerifierList(verifier))
	must(err)
	_, err = note.Open([]byte(strings.Replace(signed, "\n", "x\n", 1)), note.VerifierList(verifier))
	expect(err != nil, "a changed note was accepted")
	return opened.Text
}

// Go's note package knows no cosignatures; this is the specification's own arithmetic.
func checkCosignature(text, signed, vkey string) {
	name, rest, _ := strings.Cut(vkey, "+")
	id, encoded, _ := strings.Cut(rest, "+")
	key := decode(encoded)
	expect(len(key) == 33 && key[0] == 4, "the key is not that of a witness")
	sum := sha256.Sum256(append([]byte(name+"\n"), key...))
	expect(fmt.Sprintf("%x", sum[:4]) == id, "the id of the witness is wrong")
	_, lines, _ := strings.Cut(signed, "\n— "+name+" ")
	encoded, _, _ = strings.Cut(lines, "\n")
	payload := decode(encoded)
	expect(len(payload) == 76 && bytes.Equal(payload[:4], sum[:4]), "the cosignature has another form")
	at := binary.BigEndian.Uint64(payload[4:12])
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", at, text)
	expect(ed25519.Verify(key[1:], []byte(message), payload[12:]), "the cosignature is wrong")
}

func checkTiles(tree tlog.Tree, reader tlog.HashReader, index int64, entry []byte) {
	proof, err := tlog.ProveRecord(tree.N, index, reader)
	must(err)
	must(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
}

func checkProofs(tree, old tlog.Tree, entries, proofs []string) {
	for _, proof := range proofs {
		words := strings.Fields(proof)
		if words[0] == "consistency" {
			must(tlog.CheckTree(hashes(words[1:]), tree.N, tree.Hash, old.N, old.Hash))
			continue
		}
		index, err := strconv.ParseInt(words[1], 10, 64)
		must(err)
		leaf := tlog.RecordHash(decode(entries[index]))
		must(tlog.CheckRecord(hashes(words[2:]), tree.N, tree.Hash, index, leaf))
		leaf[0] ^= 1
		err = tlog.CheckRecord(hashes(words[2:]), tree.N, tree.Hash, index, leaf)
		expect(err != nil, "the proof of another leaf was accepted")
	}
}

// files serves the tiles of a folder. Go names the tile height first; C2SP does not.
type files struct{ dir string }

func (files) Height() int                         { return 8 }
func (files) SaveTiles(_ []tlog.Tile, _ [][]byte) {}

func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
		data, err := os.ReadFile(filepath.Join(f.dir, path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func head(text string) tlog.Tree {
	lines := strings.Split(text, "\n")
	size, err := strconv.ParseInt(lines[0], 10, 64)
	must(err)
	return tlog.Tree{N: size, Hash: hashes(lines[1:2])[0]}
}

func hashes(words []string) []tlog.Hash {
	var all []tlog.Hash
	for _, word := range words {
		hash, err := tlog.ParseHash(word)
		must(err)
		all = append(all, hash)
	}
	return all
}

func decode(text string) []byte {
	data, err := base64.StdEncoding.DecodeString(text)
	must(err)
	return data
}

func read(dir, name string) string {
	data, err := os.ReadFile(filepath.Join(dir, name))
	must(err)
	return string(data)
}

func line(dir, name string) string { return strings.TrimSpace(read(dir, name)) }

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
}

func expect(holds bool, reason string) {
	if !holds {
		must(fmt.Errorf("%s", reason))
	}
}
