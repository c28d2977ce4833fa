package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the rules of a {@code blkdebug} node (QAPI BlockdevOptionsBlkdebug). */
final class BlkdebugArguments {
    private static final String EVENT = "l1_update|l1_grow_alloc_table|l1_grow_write_table|l1_grow_activate_table"
            + "|l2_load|l2_update|l2_update_compressed|l2_alloc_cow_read|l2_alloc_write|read_aio|read_backing_aio"
            + "|read_compressed|write_aio|write_compressed|vmstate_load|vmstate_save|cow_read|cow_write|reftable_load"
            + "|reftable_grow|reftable_update|refblock_load|refblock_update|refblock_update_part|refblock_alloc"
            + "|refblock_alloc_hookup|refblock_alloc_write|refblock_alloc_write_blocks|refblock_alloc_write_table"
            + "|refblock_alloc_switch_table|cluster_alloc|cluster_alloc_bytes|cluster_free|flush_to_os|flush_to_disk"
            + "|pwritev_rmw_head|pwritev_rmw_after_head|pwritev_rmw_tail|pwritev_rmw_after_tail|pwritev|pwritev_zero"
            + "|pwritev_done|empty_image_prepare|l1_shrink_write_table|l1_shrink_free_l2_clusters|cor_write"
            + "|cluster_alloc_space|none";
    private static final Signature INJECTION = Signature.of("event " + EVENT
            + " state? int iotype? read|write|write-zeroes|discard|flush|block-status errno? int sector? int once? bool"
            + " immediately? bool");
    private static final Signature CHANGE = Signature.of("event " + EVENT + " state? int new_state int");
    private static final int EIO = 5;

    private BlkdebugArguments() {}

    static Blkdebug of(Arguments node, String path) {
        List<Blkdebug.Injection> injections = new ArrayList<>();
        for (Arguments rule : objects(node, "inject-error", path, INJECTION)) {
            injections.add(new Blkdebug.Injection(
                    rule.text("event"),
                    (int) rule.number("state", 0),
                    rule.text("iotype"),
                    Errno.of((int) rule.number("errno", EIO)),
                    rule.number("sector", -1),
                    rule.flag("once", false)));
        }
        List<Blkdebug.StateChange> changes = new ArrayList<>();
        for (Arguments rule : objects(node, "set-state", path, CHANGE)) {
            changes.add(new Blkdebug.StateChange(
                    rule.text("event"), (int) rule.number("state", 0), (int) rule.number("new_state", 0)));
        }
        return Blkdebug.opened(injections, changes);
    }

    private static List<Arguments> objects(Arguments node, String name, String path, Signature signature) {
        List<Arguments> objects = new ArrayList<>();
        for (Object value : node.list(name)) {
            String at = path + name + "[" + objects.size() + "]";
            if (!(value instanceof Map<?, ?>)) {
                throw Refused.generic("Invalid parameter type for '%s', expected: object", at);
            }
            objects.add(signature.check(Arguments.members(value), at + "."));
        }
        return objects;
    }
}
