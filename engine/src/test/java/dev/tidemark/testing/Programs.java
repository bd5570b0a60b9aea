package dev.tidemark.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes programs that hold nothing but a version resource: headers as the PE format has them, and no code. */
public final class Programs {
    private static final int SECTION = 0x400;
    private static final int ADDRESS = 0x2000;

    private Programs() {}

    /** A 64-bit program of that version, {@code 15.1.2176.2}. */
    public static byte[] version(String version) {
        ByteBuffer out = ByteBuffer.allocate(0x800).order(ByteOrder.LITTLE_ENDIAN);
        out.put(0, (byte) 'M').put(1, (byte) 'Z').putInt(0x3C, 0x80);
        out.position(0x80);
        out.putInt(0x4550).putShort((short) 0x8664).putShort((short) 1).putInt(0).putInt(0).putInt(0)
                .putShort((short) 240).putShort((short) 0x22);
        out.putShort((short) 0x20B);
        out.putInt(0x98 + 112 + 16, ADDRESS).putInt(0x98 + 112 + 20, 0x400);
        out.position(0x98 + 240);
        out.put(".rsrc\0\0\0".getBytes(StandardCharsets.US_ASCII)).putInt(0x300).putInt(ADDRESS).putInt(0x400)
                .putInt(SECTION);
        out.position(SECTION);
        directory(out, 16, 0x80000018);
        directory(out, 1, 0x80000030);
        directory(out, 0x409, 0x48);
        byte[] resource = resource(version);
        out.putInt(ADDRESS + 0x58).putInt(resource.length).putInt(0).putInt(0).put(resource);
        return out.array();
    }

    private static void directory(ByteBuffer out, int id, int offset) {
        out.putInt(0).putInt(0).putInt(0).putShort((short) 0).putShort((short) 1).putInt(id).putInt(offset);
    }

    private static byte[] resource(String version) {
        String[] n = version.split("\\.");
        ByteBuffer out = ByteBuffer.allocate(0x200).order(ByteOrder.LITTLE_ENDIAN);
        out.putShort((short) 0).putShort((short) 52).putShort((short) 0).put(wide("VS_VERSION_INFO\0"));
        pad(out);
        out.putInt(0xFEEF04BD).putInt(0x10000);
        out.putInt(Integer.parseInt(n[0]) << 16 | Integer.parseInt(n[1]));
        out.putInt(Integer.parseInt(n[2]) << 16 | Integer.parseInt(n[3]));
        out.position(out.position() + 36);
        int info = begin(out, "StringFileInfo");
        int table = begin(out, "040904B0");
        string(out, "FileVersion", version);
        string(out, "OriginalFilename", "ExSetup.exe");
        end(out, table);
        end(out, info);
        end(out, 0);
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }

    private static int begin(ByteBuffer out, String key) {
        pad(out);
        int at = out.position();
        out.putShort((short) 0).putShort((short) 0).putShort((short) 1).put(wide(key + "\0"));
        pad(out);
        return at;
    }

    private static void string(ByteBuffer out, String key, String value) {
        int at = begin(out, key);
        out.put(wide(value + "\0"));
        end(out, at);
    }

    private static void end(ByteBuffer out, int at) {
        out.putShort(at, (short) (out.position() - at));
    }

    private static void pad(ByteBuffer out) {
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
    }

    private static byte[] wide(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }
}
