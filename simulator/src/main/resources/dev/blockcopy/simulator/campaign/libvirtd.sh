# libvirtd with folders of its own: libvirtd.sh DIR
set -e
dir=$1
for folder in sock etc run lib cache log; do
  mkdir -p "$dir/$folder"
done
cat > "$dir/libvirtd.conf" <<END
unix_sock_dir = "$dir/sock"
auth_unix_rw = "none"
END
cat > "$dir/etc/qemu.conf" <<END
user = "root"
group = "root"
security_driver = "none"
stdio_handler = "file"
remember_owner = 0
namespaces = []
END
# Its users are named in its program; they need not be users of this host.
cp /etc/passwd "$dir/passwd"
cp /etc/group "$dir/group"
grep -q '^libvirt-qemu:' "$dir/passwd" || echo 'libvirt-qemu:x:64055:64055::/nonexistent:/usr/sbin/nologin' >> "$dir/passwd"
grep -q '^libvirt-qemu:' "$dir/group" || echo 'libvirt-qemu:x:64055:' >> "$dir/group"
grep -q '^kvm:' "$dir/group" || echo 'kvm:x:64056:' >> "$dir/group"
export dir
exec unshare -m sh -c '
  set -e
  mount --make-rprivate /
  mkdir -p /etc/libvirt /run/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt
  mount --bind "$dir/etc" /etc/libvirt
  mount --bind "$dir/run" /run/libvirt
  mount --bind "$dir/lib" /var/lib/libvirt
  mount --bind "$dir/cache" /var/cache/libvirt
  mount --bind "$dir/log" /var/log/libvirt
  mount --bind "$dir/passwd" /etc/passwd
  mount --bind "$dir/group" /etc/group
  exec libvirtd -f "$dir/libvirtd.conf" -p "$dir/libvirtd.pid"
'
