package dev.tidemark.read.pe;

import dev.tidemark.bytes.ByteCursor;
import dev.tidemark.bytes.ByteCursor.DamagedException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a program's version resource says.
 *
 * <p>Source: Microsoft, "PE Format": headers, section table, ".rsrc section"; Microsoft Learn, "VS_VERSIONINFO",
 * "VS_FIXEDFILEINFO", "StringFileInfo". Offsets count from the start of the file.
 *
 * @param fileVersion {@code 15.1.2176.2}, of the fixed part
 * @param strings     {@code FileVersion}, {@code OriginalFilename} …, in their order
 */
record VersionResource(String fileVersion, Map<String, String> strings) {
    private static final int MOST_SECTIONS = 96;
    private static final int MOST_ENTRIES = 4_096;
    private static final int MOST_STRINGS = 200;
    private static final int VERSION_TYPE = 16;
    private static final int RESOURCE_DIRECTORY = 2;
    private static final long FIXED_SIGNATURE = 0xFEEF04BDL;
    private static final int FIXED_BYTES = 52;

    VersionResource {
        strings = Collections.unmodifiableMap(new LinkedHashMap<>(strings));
    }

    /** @throws DamagedException if the program has no version resource, or a header is not what it should be */
    static VersionResource of(byte[] program) throws DamagedException {
        ByteCursor in = new ByteCursor(program, 0, program.length);
        in.seek(0x3C, "the offset of the PE header");
        int header = in.size32("the offset of the PE header");
        in.seek(header, "the PE header");
        if (in.u32("the PE signature") != 0x4550) {
            throw new DamagedException(header, "expected the PE signature at byte " + header);
        }
        in.skip(2, "the machine");
        int sections = in.u16("the number of sections");
        in.skip(12, "the COFF header");
        int optionalBytes = in.u16("the size of the optional header");
        in.skip(2, "the characteristics");
        int optional = in.at();
        int magic = in.u16("the magic of the optional header");
        int directories = optional + (magic == 0x20B ? 112 : 96);
        in.seek(directories + RESOURCE_DIRECTORY * 8, "the resource directory");
        long resourceAddress = in.u32("the address of the resources");
        if (resourceAddress == 0) {
            throw new DamagedException(directories, "the program has no resources");
        }
        in.seek(optional + optionalBytes, "the section table");
        return inSection(in, program, Math.min(sections, MOST_SECTIONS), resourceAddress);
    }

    private static VersionResource inSection(ByteCursor in, byte[] program, int sections, long resourceAddress)
            throws DamagedException {
        for (int i = 0; i < sections; i++) {
            in.skip(8, "the name of a section");
            long virtualSize = in.u32("the size of a section");
            long address = in.u32("the address of a section");
            long rawSize = in.u32("the size of a section in the file");
            long raw = in.u32("the offset of a section in the file");
            in.skip(16, "the rest of a section's header");
            if (resourceAddress >= address && resourceAddress < address + Math.max(virtualSize, rawSize)) {
                long base = raw + resourceAddress - address;
                long end = Math.min(program.length, raw + rawSize);
                if (base > end) {
                    throw new DamagedException(in.at(), "the resources begin at byte " + base + ", behind the end");
                }
                return new Tree(program, (int) base, (int) end, address, raw).version();
            }
        }
        throw new DamagedException(in.at(), "no section holds the resources");
    }

    /** The resources of one section. {@code address} and {@code raw} turn a virtual address into an offset. */
    private record Tree(byte[] program, int base, int end, long address, long raw) {
        VersionResource version() throws DamagedException {
            int byName = entry(base, VERSION_TYPE);
            int byLanguage = entry(subdirectory(byName), -1);
            ByteCursor leaf = at(entry(subdirectory(byLanguage), -1));
            long data = leaf.u32("the address of the version");
            long bytes = leaf.u32("the size of the version");
            long from = data - address + raw;
            if (from < 0 || bytes > 1 << 20 || from + bytes > program.length) {
                throw new DamagedException(leaf.at(), "the version resource lies outside of the file");
            }
            return block(program, (int) from, (int) (from + bytes));
        }

        /** The value of the entry with that number, or of the first one if {@code wanted} is negative. */
        private int entry(int directory, int wanted) throws DamagedException {
            ByteCursor in = at(directory - base);
            in.skip(12, "a resource directory");
            int entries = in.u16("the number of named entries") + in.u16("the number of numbered entries");
            for (int i = 0; i < Math.min(entries, MOST_ENTRIES); i++) {
                long id = in.u32("the number of an entry");
                int value = (int) in.u32("the offset of an entry");
                if (wanted < 0 || id == wanted) {
                    return value;
                }
            }
            throw new DamagedException(directory, "the program has no version resource");
        }

        private int subdirectory(int value) throws DamagedException {
            if (value >= 0) {
                throw new DamagedException(base, "expected a directory of resources, found a resource");
            }
            return base + (value & 0x7FFFFFFF);
        }

        private ByteCursor at(int offset) throws DamagedException {
            if (offset < 0 || offset > end - base) {
                throw new DamagedException(base, "a resource lies outside of its section");
            }
            return new ByteCursor(program, base + offset, end);
        }
    }

    private static VersionResource block(byte[] b, int from, int end) throws DamagedException {
        ByteCursor in = new ByteCursor(b, from, end);
        in.skip(6, "the head of the version resource");
        in.skip(32, "the key VS_VERSION_INFO with its padding");
        int fixed = in.at() + (4 - (in.at() - from) % 4) % 4;
        in.seek(fixed, "the fixed part of the version");
        in.need(FIXED_BYTES, "the fixed part of the version");
        if (in.u32("its signature") != FIXED_SIGNATURE) {
            throw new DamagedException(fixed, "expected the signature of a fixed version at byte " + fixed);
        }
        in.skip(4, "its structure's version");
        long high = in.u32("the file version");
        long low = in.u32("the file version");
        String version = (high >> 16) + "." + (high & 0xFFFF) + "." + (low >> 16) + "." + (low & 0xFFFF);
        return new VersionResource(version, strings(b, fixed + FIXED_BYTES, from, end));
    }

    /** The strings, as far as they are sound: they help to know a program, and nothing rests on them. */
    private static Map<String, String> strings(byte[] b, int at, int base, int end) {
        Map<String, String> strings = new LinkedHashMap<>();
        try {
            Block info = Block.read(b, aligned(at, base), end);
            if (!info.key().equals("StringFileInfo")) {
                return strings;
            }
            Block table = Block.read(b, aligned(info.value(), base), info.end());
            int next = aligned(table.value(), base);
            while (next < table.end() && strings.size() < MOST_STRINGS) {
                Block string = Block.read(b, next, table.end());
                int from = aligned(string.value(), base);
                strings.putIfAbsent(string.key(), text(b, from, string.end()));
                next = aligned(string.end(), base);
            }
        } catch (DamagedException e) {
            return strings;
        }
        return strings;
    }

    private static int aligned(int at, int base) {
        return at + (4 - (at - base) % 4) % 4;
    }

    private static String text(byte[] b, int from, int end) {
        int to = from;
        while (to + 1 < end && (b[to] != 0 || b[to + 1] != 0)) {
            to += 2;
        }
        return new String(b, from, Math.max(0, to - from), StandardCharsets.UTF_16LE);
    }

    /** A length, a key and, aligned behind it, a value or more blocks. */
    private record Block(String key, int value, int end) {
        static Block read(byte[] b, int from, int limit) throws DamagedException {
            ByteCursor in = new ByteCursor(b, Math.min(from, limit), limit);
            int length = in.u16("the length of a block");
            in.skip(4, "the head of a block");
            if (length < 8 || length > limit - from) {
                throw new DamagedException(from, "a block of " + length + " bytes does not fit");
            }
            int to = from + length;
            String key = text(b, in.at(), to);
            return new Block(key, Math.min(to, in.at() + 2 * key.length() + 2), to);
        }
    }
}
