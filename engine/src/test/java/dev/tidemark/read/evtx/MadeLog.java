package dev.tidemark.read.evtx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Makes small event logs by the letter of the format: one chunk an object of {@link Chunk}, one template an event. */
public final class MadeLog {
    private final List<byte[]> chunks = new ArrayList<>();

    public MadeLog chunk(Chunk chunk) {
        chunks.add(chunk.bytes());
        return this;
    }

    MadeLog raw(byte[] chunk) {
        chunks.add(chunk);
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] head = new byte[4096];
        System.arraycopy("ElfFile\0".getBytes(StandardCharsets.US_ASCII), 0, head, 0, 8);
        out.writeBytes(head);
        chunks.forEach(out::writeBytes);
        return out.toByteArray();
    }

    public static final class Chunk {
        private final ByteBuffer b = ByteBuffer.allocate(EvtxReader.CHUNK).order(ByteOrder.LITTLE_ENDIAN);

        public Chunk() {
            b.put("ElfChnk\0".getBytes(StandardCharsets.US_ASCII));
            b.position(512);
        }

        /** @param image value of the field Image; @param unnamed values of an array without a name */
        public Chunk event(long id, Instant time, int eventId, String image, String... unnamed) {
            int start = b.position();
            b.putInt(0x2A2A).putInt(0).putLong(id).putLong(fileTime(time));
            b.put(new byte[] {0x0F, 1, 1, 0, 0x0C, 1}).putInt(77).putInt(b.position() + 8 - 4);
            template();
            byte[][] values = {bytes(2).putShort((short) eventId).array(), bytes(8).putLong(fileTime(time)).array(),
                bytes(8).putLong(id).array(), image.getBytes(StandardCharsets.UTF_16LE),
                (String.join("\0", unnamed) + "\0").getBytes(StandardCharsets.UTF_16LE)};
            int[] types = {0x06, 0x11, 0x0A, 0x01, 0x81};
            b.putInt(values.length);
            for (int i = 0; i < values.length; i++) {
                b.putShort((short) values[i].length).put((byte) types[i]).put((byte) 0);
            }
            for (byte[] value : values) {
                b.put(value);
            }
            return finish(start);
        }

        private Chunk finish(int start) {
            b.put((byte) 0);
            while ((b.position() - start + 4) % 8 != 0) {
                b.put((byte) 0);
            }
            int size = b.position() - start + 4;
            b.putInt(size);
            b.putInt(start + 4, size);
            b.putInt(48, b.position());
            return this;
        }

        /** An event of one value, which its template writes so many times. */
        Chunk repeating(long id, Instant time, int times, String text) {
            int start = b.position();
            b.putInt(0x2A2A).putInt(0).putLong(id).putLong(fileTime(time));
            b.put(new byte[] {0x0F, 1, 1, 0, 0x0C, 1}).putInt(77).putInt(b.position() + 8 - 4);
            b.putInt(0).put(new byte[16]);
            int size = b.position();
            b.putInt(0).put(new byte[] {0x0F, 1, 1, 0});
            open("Event");
            for (int i = 0; i < times; i++) {
                slot(0, 0x01);
            }
            close();
            b.put((byte) 0);
            b.putInt(size, b.position() - size - 4);
            byte[] value = text.getBytes(StandardCharsets.UTF_16LE);
            b.putInt(1).putShort((short) value.length).put((byte) 0x01).put((byte) 0).put(value);
            return finish(start);
        }

        private static ByteBuffer bytes(int size) {
            return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        }

        private void template() {
            b.putInt(0).put(new byte[16]);
            int size = b.position();
            b.putInt(0).put(new byte[] {0x0F, 1, 1, 0});
            open("Event");
            open("System");
            open("Provider", "Name", "Made");
            empty();
            open("EventID");
            slot(0, 0x06);
            close();
            open("TimeCreated", "SystemTime", null);
            slot(1, 0x11);
            finishAttributes();
            empty();
            open("EventRecordID");
            slot(2, 0x0A);
            close();
            open("Channel");
            text("Made/Operational");
            close();
            open("Computer");
            text("mx1.made.example");
            close();
            close();
            open("EventData");
            open("Data", "Name", "Image");
            tag();
            slot(3, 0x01);
            close();
            open("Data");
            slot(4, 0x81);
            close();
            close();
            close();
            b.put((byte) 0);
            b.putInt(size, b.position() - size - 4);
        }

        private int attributes = -1;
        private boolean inTag;

        private void open(String name) {
            tag();
            b.put((byte) 0x01).putShort((short) -1).putInt(0);
            name(name);
            inTag = true;
        }

        private void open(String name, String attribute, String value) {
            tag();
            b.put((byte) 0x41).putShort((short) -1).putInt(0);
            name(name);
            attributes = b.position();
            b.putInt(0).put((byte) 0x06);
            name(attribute);
            inTag = true;
            if (value != null) {
                b.put((byte) 0x05).put((byte) 1).putShort((short) value.length()).put(value.getBytes(StandardCharsets.UTF_16LE));
                finishAttributes();
            }
        }

        private void finishAttributes() {
            b.putInt(attributes, b.position() - attributes - 4);
            attributes = -1;
        }

        private void tag() {
            if (inTag) {
                b.put((byte) 0x02);
                inTag = false;
            }
        }

        private void empty() {
            b.put((byte) 0x03);
            inTag = false;
        }

        private void close() {
            tag();
            b.put((byte) 0x04);
        }

        private void slot(int index, int type) {
            if (attributes < 0) {
                tag();
            }
            b.put((byte) 0x0D).putShort((short) index).put((byte) type);
        }

        private void text(String text) {
            tag();
            b.put((byte) 0x05).put((byte) 1).putShort((short) text.length()).put(text.getBytes(StandardCharsets.UTF_16LE));
        }

        private void name(String name) {
            b.putInt(b.position() + 4);
            b.putInt(0).putShort((short) 0).putShort((short) name.length()).put(name.getBytes(StandardCharsets.UTF_16LE))
                    .putShort((short) 0);
        }

        private static long fileTime(Instant time) {
            return time.toEpochMilli() * 10_000 + 116_444_736_000_000_000L;
        }

        /** With the checksums that Windows writes; {@link #bytes} has none. */
        byte[] sealed() {
            byte[] chunk = bytes();
            ByteBuffer head = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
            CRC32 sum = new CRC32();
            sum.update(chunk, 512, head.getInt(48) - 512);
            head.putInt(52, (int) sum.getValue());
            sum.reset();
            sum.update(chunk, 0, 120);
            sum.update(chunk, 128, 384);
            head.putInt(124, (int) sum.getValue());
            return chunk;
        }

        public byte[] bytes() {
            return b.array().clone();
        }
    }
}
