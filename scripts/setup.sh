#!/usr/bin/env bash
# Install what kinbind needs on Debian or Ubuntu: system packages, uv, the locked environment.
set -euo pipefail
cd "$(dirname "$0")/.."

UV_VERSION=0.13.9
# The readers' programs, and the font that invented papers and charts are drawn with.
NEEDED=(python3-venv tesseract-ocr tesseract-ocr-chi-sim fonts-noto-cjk)
# These only make the invented papers more varied; nothing is missing where one cannot be had.
WELCOME=(fonts-arphic-ukai fonts-arphic-uming fonts-arphic-gkai00mp fonts-arphic-gbsn00lp
         fonts-lxgw-wenkai fonts-wqy-zenhei fonts-wqy-microhei fonts-liberation)

# Only the tests need it: they drive the console in a real browser.
BROWSER=(chromium)

say() { printf '%s\n' "$*" >&2; }

missing_of() {
  local package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || echo "$package"
  done
}

install_system_packages() {
  local missing welcome root=()
  mapfile -t missing < <(missing_of "${NEEDED[@]}")
  mapfile -t welcome < <(missing_of "${WELCOME[@]}")
  if [ ${#missing[@]} -eq 0 ] && { [ ${#welcome[@]} -eq 0 ] || ! may_install; }; then
    return 0
  fi
  if ! command -v apt-get >/dev/null; then
    say "缺少系统软件包: ${missing[*]}。本脚本只会用 apt-get 安装，请用您系统的方式安装后重试。"
    say "Missing system packages: ${missing[*]}. This script knows apt-get only; install them your system's way and run it again."
    exit 3
  fi
  if ! may_install; then
    say "需要管理员安装系统软件包，请执行: / An administrator has to run:"
    say "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
    exit 3
  fi
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  say "安装系统软件包 / installing system packages: ${missing[*]} ${welcome[*]}"
  "${root[@]}" apt-get update -qq
  install "${missing[@]}"
  local package
  for package in "${welcome[@]}"; do
    install "$package" 2>/dev/null || say "未安装 / not installed, goes without: $package"
  done
}

# Whether system packages can be installed without asking for what nobody can type.
may_install() {
  command -v apt-get >/dev/null || return 1
  [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; }
}

install() {
  [ $# -eq 0 ] || "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

find_python() {
  local candidate
  for candidate in python3.13 python3.12 python3.11 python3; do
    if command -v "$candidate" >/dev/null &&
       "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null &&
       "$candidate" -c 'import venv, ensurepip' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  say "需要 Python 3.11 至 3.13。/ Python 3.11 to 3.13 is needed: install python3 and python3-venv, then run this again."
  exit 3
}

install_environment() {
  local python uv
  python=$(find_python)
  uv=.uv/bin/uv
  if ! "$uv" --version 2>/dev/null | grep -q "$UV_VERSION"; then
    "$python" -m venv --clear .uv
    .uv/bin/pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
  fi
  say "安装 Python 环境 / installing the locked environment"
  UV_PYTHON_DOWNLOADS=never "$uv" sync --locked --quiet --python "$python"
}

# A browser that is there already, under whatever name, is not installed a second time.
install_browser() {
  if command -v chromium >/dev/null || [ -z "$(missing_of "${BROWSER[@]}")" ]; then return 0; fi
  NEEDED=("${BROWSER[@]}")
  WELCOME=()
  install_system_packages
}

if [ "${1:-}" = --browser ]; then
  install_browser
else
  install_system_packages
  install_environment
fi
