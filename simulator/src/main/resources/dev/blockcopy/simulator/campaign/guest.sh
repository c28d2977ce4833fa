#!/usr/bin/env bash
# Builds in the folder $1, from Debian's packages and writer.c beside this script, a guest that does nothing but write:
# a kernel (vmlinuz) and an initial file system (initrd). Installs nothing. Needs Debian's apt-get with its lists, and gcc.
set -eu
dir=$1
here=$(cd "$(dirname "$0")" && pwd)

for tool in apt-get apt-cache dpkg-deb gcc strip; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: the guest is built on Debian, with gcc and libc6-dev"; exit 1; }
done
kernel=$(apt-cache depends linux-image-cloud-amd64 2>/dev/null | sed -n 's/^ *Depends: //p' | head -n 1)
if [ -z "$kernel" ]; then
  echo "apt knows no package linux-image-cloud-amd64: run apt-get update as root"
  exit 1
fi

work=$(mktemp -d "$dir/build.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download "$kernel" busybox-static >apt.log 2>&1 || { tail -n 1 apt.log; exit 1; }
for package in *.deb; do
  dpkg-deb -x "$package" tree
done

mkdir -p root/dev
gcc -O2 -static -o root/init "$here/writer.c"
strip root/init
for module in virtio/virtio_ring virtio/virtio virtio/virtio_pci_legacy_dev virtio/virtio_pci_modern_dev \
  virtio/virtio_pci block/virtio_blk; do
  cp tree/lib/modules/*/kernel/drivers/$module.ko root/
done
strip --strip-debug root/*.ko
(cd root && find . | ../tree/bin/busybox cpio -o -H newc 2>/dev/null) >initrd
mv initrd "$dir/initrd"
mv tree/boot/vmlinuz-* "$dir/vmlinuz"
