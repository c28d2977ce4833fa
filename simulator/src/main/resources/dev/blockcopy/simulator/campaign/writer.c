/*
 * The first and only program of a guest that writes: numbered records of 4 KiB to /dev/vda and to as many further disks as
 * it is told of, past all caches (O_DIRECT) and down to the medium (O_DSYNC). Each number whose writes have returned is told
 * on the second serial port, a line each; it has reached QEMU's character device before the next record is begun.
 */
#define _GNU_SOURCE
#include <endian.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <linux/fs.h>

enum { RECORD = 4096, WORDS = RECORD / 8, PORT = 0x2f8, STATUS = PORT + 5, IS_EMPTY = 0x20, MOST_DISKS = 4 };

/* Odd, so that a disk of 2^n places has each place written to once before any is written to again. */
static const uint64_t STEP = 0x9E3779B1;
static const uint64_t MAGIC = 0x626c6f636b636f70;

static uint32_t crc_table[256];

static void make_crc_table(void)
{
    for (uint32_t n = 0; n < 256; n++) {
        uint32_t sum = n;
        for (int bit = 0; bit < 8; bit++)
            sum = sum & 1 ? sum >> 1 ^ 0xEDB88320u : sum >> 1;
        crc_table[n] = sum;
    }
}

static uint32_t crc(const unsigned char *bytes, size_t count)
{
    uint32_t sum = 0xFFFFFFFFu;
    while (count--)
        sum = sum >> 8 ^ crc_table[(sum ^ *bytes++) & 0xFF];
    return ~sum;
}

static void fill(uint64_t *record, uint64_t number, uint64_t offset)
{
    record[0] = htobe64(MAGIC);
    record[1] = htobe64(number);
    record[2] = htobe64(offset);
    for (int word = 3; word < WORDS - 1; word++)
        record[word] = htobe64(number * 0x9E3779B97F4A7C15u + (uint64_t) word * 8);
    record[WORDS - 1] = htobe64(crc((unsigned char *) record, RECORD - 8));
}

static void tell(uint64_t number)
{
    char line[32];
    int length = snprintf(line, sizeof line, "%llu\n", (unsigned long long) number);
    for (int i = 0; i < length; i++) {
        while (!(inb(STATUS) & IS_EMPTY))
            ;
        outb(line[i], PORT);
    }
}

static void die(const char *what)
{
    perror(what);
    for (;;)
        pause();
}

static void load(const char *module)
{
    int file = open(module, O_RDONLY);
    if (file < 0 || syscall(SYS_finit_module, file, "", 0) != 0)
        die(module);
    close(file);
}

static void load_drivers(void)
{
    mount("dev", "/dev", "devtmpfs", 0, "");
    load("/virtio_ring.ko");
    load("/virtio.ko");
    load("/virtio_pci_legacy_dev.ko");
    load("/virtio_pci_modern_dev.ko");
    load("/virtio_pci.ko");
    load("/virtio_blk.ko");
}

static int open_disk(char letter)
{
    char name[] = "/dev/vda";
    name[sizeof name - 2] = letter;
    for (;;) {
        int disk = open(name, O_RDWR | O_DIRECT | O_DSYNC);
        if (disk >= 0)
            return disk;
        usleep(1000);
    }
}

int main(void)
{
    const char *pace = getenv("pace_micros"), *told = getenv("disks");
    int count = told ? atoi(told) : 1;
    struct timespec between = {0, (pace ? atol(pace) : 500) * 1000};
    uint64_t *record, bytes;
    int disks[MOST_DISKS];
    if (count < 1 || count > MOST_DISKS)
        die("disks");
    load_drivers();
    for (int i = 0; i < count; i++)
        disks[i] = open_disk('a' + i);
    if (ioperm(PORT, 8, 1) != 0 || ioctl(disks[0], BLKGETSIZE64, &bytes) != 0
            || posix_memalign((void **) &record, RECORD, RECORD) != 0)
        die("set-up");
    make_crc_table();
    for (uint64_t number = 1;; number++) {
        uint64_t offset = number * STEP % (bytes / RECORD) * RECORD;
        fill(record, number, offset);
        for (int i = 0; i < count; i++)
            while (pwrite(disks[i], record, RECORD, offset) != RECORD)
                usleep(1000);
        tell(number);
        nanosleep(&between, NULL);
    }
}
