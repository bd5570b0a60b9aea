package dev.tidemark.read.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a file is by its first bytes, whatever it is called.
 *
 * <p>Sources: the formats' own specifications; {@code MDMP}: MINIDUMP_HEADER of the Windows SDK; {@code !BDN}:
 * [MS-PST] 2.2.2.6; {@code DEARCRY!}: Microsoft's notes on DoejoCrypt of March 2021.
 */
public enum FileKind {
    MINIDUMP, ENCRYPTED, PROGRAM, ZIP, SEVEN_ZIP, RAR, CAB, GZIP, PST, EVENT_LOG, REGISTRY, IMAGE, PDF, CERTIFICATE,
    CERTIFICATE_REQUEST, TEXT, EMPTY, BINARY;

    private record Magic(byte[] bytes, FileKind kind) {
        static Magic of(String latin1, FileKind kind) {
            return new Magic(latin1.getBytes(StandardCharsets.ISO_8859_1), kind);
        }
    }

    private static final List<Magic> MAGICS = List.of(
            Magic.of("MDMP", MINIDUMP), Magic.of("DEARCRY!", ENCRYPTED), Magic.of("PK\u0003\u0004", ZIP),
            Magic.of("PK\u0005\u0006", ZIP), Magic.of("7z\u00BC\u00AF\u0027\u001C", SEVEN_ZIP),
            Magic.of("Rar!\u001A\u0007", RAR), Magic.of("MSCF\0\0\0\0", CAB), Magic.of("\u001F\u008B\u0008", GZIP),
            Magic.of("!BDN", PST), Magic.of("ElfFile\0", EVENT_LOG), Magic.of("regf", REGISTRY),
            Magic.of("GIF87a", IMAGE), Magic.of("GIF89a", IMAGE), Magic.of("\u0089PNG\r\n", IMAGE),
            Magic.of("\u00FF\u00D8\u00FF", IMAGE), Magic.of("BM", IMAGE), Magic.of("%PDF-", PDF),
            Magic.of("-----BEGIN CERTIFICATE-----", CERTIFICATE),
            Magic.of("-----BEGIN CERTIFICATE REQUEST-----", CERTIFICATE_REQUEST),
            Magic.of("-----BEGIN NEW CERTIFICATE REQUEST-----", CERTIFICATE_REQUEST));
    private static final int PROGRAM_HEAD = 64;
    private static final int LOOKED_AT = 4096;

    /** @param head the first bytes, as many as there are up to some KiB */
    public static FileKind of(byte[] head) {
        if (head.length == 0) {
            return EMPTY;
        }
        for (Magic magic : MAGICS) {
            if (startsWith(head, magic.bytes()) && (magic.kind() != IMAGE || magic.bytes().length > 2 || !text(head))) {
                return magic.kind();
            }
        }
        if (head.length >= PROGRAM_HEAD && head[0] == 'M' && head[1] == 'Z' && !text(head)) {
            return PROGRAM;
        }
        return text(head) ? TEXT : BINARY;
    }

    /** The word under which rules know it: {@code seven-zip}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private static boolean startsWith(byte[] head, byte[] magic) {
        return head.length >= magic.length && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }

    /** True without control characters; the zeros of UTF-16 do not count if they are every other byte. */
    private static boolean text(byte[] head) {
        int to = Math.min(head.length, LOOKED_AT);
        int zeros = 0;
        for (int i = 0; i < to; i++) {
            int b = head[i] & 0xFF;
            if (b == 0) {
                zeros++;
            } else if (b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1A && b != 0x1B) {
                return false;
            }
        }
        return zeros == 0 || PageText.utf16(head).isPresent();
    }
}
