package dev.tidemark.acquire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** Which archive a file is, by its first bytes and its name. */
enum ArchiveKind {
    NONE, ZIP, TAR, GZIP;

    /** First bytes that {@link #of} wants to see: a whole tar header. */
    static final int HEAD_BYTES = 512;

    /** Documents and programs that are ZIPs by nature: they are files, not collections of files. */
    private static final Set<String> ZIP_BY_NATURE = Set.of("docx", "docm", "dotx", "xlsx", "xlsm", "xltx", "xlsb",
            "pptx", "pptm", "ppsx", "vsdx", "jar", "war", "ear", "nupkg", "vsix", "appx", "msix", "apk", "xpi", "crx",
            "odt", "ods", "odp", "epub", "kmz", "thmx", "whl", "xap", "dacpac", "bacpac");

    private static final byte[] SEVEN_ZIP = {'7', 'z', (byte) 0xBC, (byte) 0xAF, 0x27, 0x1C};

    /**
     * @param root whether the file was named on the command line: then its bytes decide, whatever it is called
     * @param head its first bytes, at most {@link #HEAD_BYTES}
     */
    static ArchiveKind of(String name, byte[] head, boolean root) {
        String lower = name.toLowerCase(Locale.ROOT);
        String extension = extension(lower);
        boolean nameless = extension.isEmpty();
        if (isZip(head)) {
            boolean wanted = nameless || extension.equals("zip") || root && !ZIP_BY_NATURE.contains(extension);
            return wanted ? ZIP : NONE;
        }
        if (isGzip(head)) {
            boolean wanted = nameless || root || extension.equals("gz") || extension.equals("tgz");
            return wanted ? GZIP : NONE;
        }
        if (isTar(head)) {
            return nameless || root || extension.equals("tar") ? TAR : NONE;
        }
        return NONE;
    }

    /** Whether {@link #of} needs the file's first bytes at all. */
    static boolean possible(String name, boolean root) {
        String extension = extension(name.toLowerCase(Locale.ROOT));
        return root || extension.isEmpty() || Set.of("zip", "tar", "gz", "tgz").contains(extension);
    }

    static boolean namedAsArchive(String name) {
        return possible(name, false) && !extension(name).isEmpty();
    }

    /** The name of an archive or image that holds evidence but that nothing here opens; empty if it is none. */
    static String unsupported(byte[] head) {
        if (startsWith(head, SEVEN_ZIP)) {
            return "7-Zip archive";
        }
        if (startsWith(head, "Rar!\u001a\u0007".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))) {
            return "RAR archive";
        }
        if (startsWith(head, "vhdxfile".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))) {
            return "VHDX disk image";
        }
        if (startsWith(head, "age-encryption.org/".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))) {
            return "file encrypted with age";
        }
        if (startsWith(head, "EVF\t\r\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))) {
            return "EnCase disk image";
        }
        if (startsWith(head, new byte[] {(byte) 0xFD, '7', 'z', 'X', 'Z', 0})) {
            return "xz archive";
        }
        if (startsWith(head, new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD})) {
            return "Zstandard archive";
        }
        return "";
    }

    static boolean isTar(byte[] head) {
        if (head.length < HEAD_BYTES || head[0] == 0) {
            return false;
        }
        if (head[257] == 'u' && head[258] == 's' && head[259] == 't' && head[260] == 'a' && head[261] == 'r') {
            return true;
        }
        try {
            return TarUtils.verifyCheckSum(head); // tars older than "ustar" have no other mark
        } catch (IllegalArgumentException noNumber) {
            return false;
        }
    }

    private static boolean isZip(byte[] head) {
        return head.length >= 4 && head[0] == 'P' && head[1] == 'K'
                && (head[2] == 3 && head[3] == 4 || head[2] == 5 && head[3] == 6);
    }

    private static boolean isGzip(byte[] head) {
        return head.length >= 3 && head[0] == 0x1f && head[1] == (byte) 0x8b && head[2] == 8;
    }

    private static boolean startsWith(byte[] head, byte[] magic) {
        return head.length >= magic.length && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }

    private static String extension(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot < 0 ? "" : last.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
