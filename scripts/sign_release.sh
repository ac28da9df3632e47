#!/bin/bash
# Signs what lies in a folder: SHA256SUMS over every file, and its signature by an SSH key.
#
#   scripts/sign_release.sh FOLDER KEY
#
# KEY is a private SSH key, or a public one whose private half an agent or a hardware token holds.
set -euo pipefail
folder=${1:?which folder} key=${2:?which key}
command -v ssh-keygen > /dev/null || {
  echo "没有 ssh-keygen，请执行 apt-get install openssh-client. ssh-keygen is missing." >&2
  exit 3
}
cd "$folder"
rm -f SHA256SUMS SHA256SUMS.sig
find . -type f -printf '%P\0' | sort -z | xargs -0 sha256sum > ../SHA256SUMS.draft
mv ../SHA256SUMS.draft SHA256SUMS
ssh-keygen -q -Y sign -f "$key" -n kinbind-release SHA256SUMS
echo "已签名 signed: $folder/SHA256SUMS"
