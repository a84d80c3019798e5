# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Sourced by app/start and the scripts in tests/: what has to be installed, and how a preset is built. Everything said
# here goes to stderr, so that stdout belongs to the program.

# Debian's names. "a|b" means either: the name differs between releases. "a|" is for releases that have it.
build_packages=(g++ cmake ninja-build qt6-base-dev "qt6-charts-dev|libqt6charts6-dev" "qt6-svg-dev|libqt6svg6-dev"
    nlohmann-json3-dev zlib1g-dev)
# shellcheck disable=SC2034 # used by those who source this
test_packages=(librapidcheck-dev libbenchmark-dev "clang-format-14|")
# What tests/bench compares with. Node.js from elsewhere brings npm along, and Debian's npm cannot be installed beside it.
# shellcheck disable=SC2034
bench_packages=(golang-go golang-golang-x-time-dev)
if ! command -v npm >/dev/null; then bench_packages+=(nodejs npm); fi
# shellcheck disable=SC2034
screenshot_packages=(xvfb xdotool imagemagick)
# Qt Charts asks for the CMake files of Qt OpenGL, which some releases keep in a package of their own.
if ! compgen -G '/usr/lib/*/cmake/Qt6OpenGL/Qt6OpenGLConfig.cmake' >/dev/null; then
    build_packages+=("libqt6opengl6-dev|")
fi
# Qt's own Wayland plugin is a package of its own, and only of use on a Wayland desktop.
if [[ -n ${WAYLAND_DISPLAY:-} ]]; then build_packages+=(qt6-wayland); fi

say() { printf '%s\n' "$*" >&2; }
stop() {
    say "$@"
    exit 1
}

# in_words PACKAGE...: the list for people.
in_words() {
    local words
    printf -v words '%s, ' "${@//|/ or }"
    words=${words// or , /, }
    echo "${words%, }"
}

# missing_packages PACKAGE...: those of which no alternative is installed, one a line.
missing_packages() {
    local installed names wanted name found
    read -ra names <<<"${*//|/ }"
    # shellcheck disable=SC2016 # the dollars are dpkg's
    installed=$'\n'$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${names[@]}" 2>/dev/null)$'\n' || true
    for wanted in "$@"; do
        found=
        for name in ${wanted//|/ }; do
            if [[ $installed == *$'\n'"installed $name"$'\n'* ]]; then found=yes; fi
        done
        [[ -n $found ]] || echo "$wanted"
    done
}

# available_name A|B: the first that the configured sources offer; else A, so that apt says what is wrong; else, for
# "A|", nothing.
available_name() {
    local name policy
    for name in ${1//|/ }; do
        policy=$(LC_ALL=C apt-cache policy "$name" 2>/dev/null) || true
        if [[ $policy == *"Candidate: "[^\(]* ]]; then
            echo "$name"
            return
        fi
    done
    [[ $1 == *"|" ]] || echo "${1%%|*}"
}

# as_root COMMAND...: stdin is closed, so that nothing can ask.
as_root() {
    if [[ $(id -u) == 0 ]]; then
        env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a "$@" </dev/null >&2
    else
        sudo env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a "$@" </dev/null >&2
    fi
}

# install_packages PACKAGE...: by apt, and only what is missing.
install_packages() {
    if [[ -n ${RESILIENCE_LAB_SKIP_PACKAGES:-} ]]; then return; fi
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "There is no apt here. Please install what Debian calls: $(in_words "$@")"
        stop "and then run this again with RESILIENCE_LAB_SKIP_PACKAGES=1 in the environment."
    fi
    local missing=() names=() wanted asking=
    mapfile -t missing < <(missing_packages "$@")
    # What only some releases have is no reason to ask apt where the lists there are do not offer it.
    for wanted in "${missing[@]}"; do
        if [[ $wanted != *"|" || -n $(available_name "$wanted") ]]; then asking=yes; fi
    done
    if [[ -z $asking ]]; then return; fi
    if [[ $(id -u) != 0 ]] && ! command -v sudo >/dev/null; then
        stop "Missing: $(in_words "${missing[@]}"). There is no sudo here; please install them as root (apt-get install)."
    fi
    say "Missing: $(in_words "${missing[@]}"). Asking apt what is available ..."
    as_root apt-get -q -o DPkg::Lock::Timeout=300 update || say "apt-get update failed; going on with the lists there are."
    for wanted in "${missing[@]}"; do mapfile -t -O "${#names[@]}" names < <(available_name "$wanted"); done
    if ((${#names[@]} == 0)); then return; fi
    say "Installing by apt: ${names[*]}"
    as_root apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install "${names[@]}" \
        || stop "apt could not install them; its messages above say why. Nothing was built."
}

# Two jobs at once need about 1.5 GB: a small machine builds with fewer rather than swapping.
build_jobs() {
    local jobs memory
    jobs=$(nproc 2>/dev/null || echo 2)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 800000) }' /proc/meminfo 2>/dev/null || true)
    if [[ -n $memory ]] && ((memory < jobs)); then jobs=$memory; fi
    echo $((jobs < 1 ? 1 : jobs))
}

# Shows ninja's progress (on a terminal in one line that is overwritten), and nothing when there was nothing to do.
show_progress() {
    local line clear=
    while IFS= read -r line; do
        case $line in
            "ninja: no work to do."* | "ninja: Entering"* | *"Re-checking globbed directories"* | "-- "*) ;;
            \[*/*\]*)
                if [[ -t 2 ]]; then
                    printf '\r\033[K%.*s' "$((${COLUMNS:-80} - 1))" "$line" >&2
                    clear=$'\r\033[K'
                else
                    say "$line"
                fi
                ;;
            *)
                printf '%s%s\n' "$clear" "$line" >&2
                clear=
                ;;
        esac
    done
    printf '%s' "$clear" >&2
}

# build_preset ROOT PRESET [TARGET...]: configures when that is needed, and builds what has changed.
build_preset() {
    local root=$1 preset=$2 build=$1/build/$2 home
    shift 2
    mkdir -p "$build" || stop "Cannot write to $root/build."
    # Two at once would write over each other's files.
    exec 9>"$build/.lock"
    if command -v flock >/dev/null && ! flock -n 9; then
        say "Another build of $preset is going on; waiting for it ..."
        flock 9
    fi
    # A tree that was copied or moved: the old place is written all over the build folder.
    home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$build/CMakeCache.txt" 2>/dev/null || true)
    if [[ -n $home && ! $home -ef $root ]]; then rm -rf "$build/CMakeCache.txt" "$build/CMakeFiles" "$build/build.ninja"; fi
    if [[ ! $build/build.ninja -nt $root/CMakePresets.json ]]; then
        say "Configuring ($preset) ..."
        (cd "$root" && cmake --preset "$preset") >"$build/configure.log" 2>&1 9>&- || {
            cat "$build/configure.log" >&2
            stop "Configuring failed; see above. It takes Qt 6.4 and GCC 12 or newer: Debian 12, Ubuntu 24.04."
        }
        say "Building ($preset); the first time takes some minutes ..."
    fi
    cmake --build "$build" -j "$(build_jobs)" ${1:+--target "$@"} 2>&1 9>&- | show_progress \
        || stop "The build failed; the compiler's message is above."
    exec 9>&-
}
