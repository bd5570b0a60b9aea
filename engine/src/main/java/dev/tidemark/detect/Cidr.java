package dev.tidemark.detect;

import java.util.Optional;

/** Addresses of a network, {@code 10.0.0.0/8} or {@code fe80::/10}; a port or a zone after the address is left out. */
record Cidr(byte[] network, int bits) implements ValueTest {

    /** Empty if the text names no network. */
    static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> address = address(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int most = address.get().length * 8;
        String length = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > most) {
            return Optional.empty();
        }
        return Optional.of(new Cidr(address.get(), Integer.parseInt(length)));
    }

    @Override
    public boolean matches(String value) {
        Optional<byte[]> address = address(bare(value.strip()));
        return address.isPresent() && address.get().length == network.length && contains(address.get());
    }

    private boolean contains(byte[] address) {
        for (int bit = 0; bit < bits; bit += 8) {
            int differing = (address[bit / 8] ^ network[bit / 8]) & 0xFF;
            if (differing >>> Math.max(0, 8 - (bits - bit)) != 0) {
                return false;
            }
        }
        return true;
    }

    private static String bare(String value) {
        if (value.startsWith("[") && value.indexOf(']') > 0) {
            return value.substring(1, value.indexOf(']'));
        }
        int zone = value.indexOf('%');
        String address = zone < 0 ? value : value.substring(0, zone);
        int colon = address.indexOf(':');
        return colon >= 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
    }

    /** Four or sixteen bytes, or empty; never asks a name server. An IPv4 address written as IPv6 is one of IPv4. */
    private static Optional<byte[]> address(String text) {
        if (text.length() > 45) {
            return Optional.empty();
        }
        return text.indexOf(':') < 0 ? v4(text) : v6(text);
    }

    /** By hand, not by pattern: asked for many records. */
    private static Optional<byte[]> v4(String text) {
        byte[] address = new byte[4];
        int part = 0;
        int digits = 0;
        int number = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c >= '0' && c <= '9' && digits < 3) {
                number = number * 10 + c - '0';
                digits++;
            } else if (c == '.' && digits > 0 && number <= 255 && part < 4) {
                address[part++] = (byte) number;
                digits = 0;
                number = 0;
            } else {
                return Optional.empty();
            }
        }
        return part == 4 ? Optional.of(address) : Optional.empty();
    }

    private static Optional<byte[]> v6(String text) {
        int dot = text.indexOf('.');
        if (dot >= 0) {
            int colon = text.lastIndexOf(':');
            Optional<byte[]> tail = dot < colon ? Optional.empty() : v4(text.substring(colon + 1));
            String head = text.substring(0, colon + 1);
            if (head.equalsIgnoreCase("::ffff:")) {
                return tail;
            }
            return tail.flatMap(t -> v6(head + Integer.toHexString((t[0] & 0xFF) << 8 | t[1] & 0xFF) + ":"
                    + Integer.toHexString((t[2] & 0xFF) << 8 | t[3] & 0xFF)));
        }
        int gap = text.indexOf("::");
        String[] head = groups(gap < 0 ? text : text.substring(0, gap));
        String[] tail = groups(gap < 0 ? "" : text.substring(gap + 2));
        int groups = head.length + tail.length;
        if (gap < 0 ? groups != 8 : groups > 7) {
            return Optional.empty();
        }
        byte[] address = new byte[16];
        boolean good = put(head, address, 0) && put(tail, address, 16 - 2 * tail.length);
        return good ? Optional.of(address) : Optional.empty();
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static boolean put(String[] groups, byte[] address, int from) {
        for (int i = 0; i < groups.length; i++) {
            int group = hex(groups[i]);
            if (group < 0) {
                return false;
            }
            address[from + 2 * i] = (byte) (group >> 8);
            address[from + 2 * i + 1] = (byte) group;
        }
        return true;
    }

    /** The number that one to four hexadecimal digits stand for, or -1. */
    private static int hex(String text) {
        int number = text.isEmpty() || text.length() > 4 ? -1 : 0;
        for (int i = 0; i < text.length() && number >= 0; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            number = digit < 0 ? -1 : number << 4 | digit;
        }
        return number;
    }

    @Override
    public int cost() {
        return 10;
    }

    @Override
    public Needles needles(Writing writing) {
        return Needles.UNKNOWN;
    }
}
