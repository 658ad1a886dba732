#!/usr/bin/env bash
# Builds a free-threaded CPython 3.13.5 from Debian 13's source package in the folder given, and prints the path of it.
#
# No finding, but what the free-threaded ones need where no python3.13t is installed. Ten minutes of one core.
#
#     PYTHON=$(bash findings/free-threaded-python.sh /tmp/python) bash findings/free-threaded-finalizer-waits.sh
set -euo pipefail
mkdir -p "${1:?the folder to build in}"
cd "$1"
mkdir -p lists/partial cache/archives/partial
cat > sources.list <<'LIST'
deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main
LIST
cat > apt.conf <<CONF
Dir::Etc::sourcelist "$PWD/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$PWD/lists";
Dir::Cache "$PWD/cache";
CONF
{
    APT_CONFIG=$PWD/apt.conf apt-get update
    APT_CONFIG=$PWD/apt.conf apt-get source --download-only python3.13
    tar --extract --file python3.13_3.13.5.orig.tar.xz
    cd Python-3.13.5
    ./configure --disable-gil --disable-test-modules --without-ensurepip OPT="-DNDEBUG -O1"
    make
} > build.log 2>&1 < /dev/null || { tail build.log >&2; exit 1; }
echo "$PWD/python"
