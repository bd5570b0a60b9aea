package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CidrTest {
    private static boolean matches(String network, String address) {
        return Cidr.parse(network).orElseThrow().matches(address);
    }

    @Test
    void portAndZoneBehindAnAddressAreLeftOut() {
        assertTrue(matches("10.0.0.0/8", "10.1.2.3:443"));
        assertTrue(matches("fe80::/10", "fe80::8a8d:f486:a2bc:d283%6"));
        assertTrue(matches("2001:db8::/32", "[2001:db8::1]:443"));
    }

    @Test
    void whatIsNoAddressLiesInNoNetwork() {
        for (String value : new String[] {"", "-", "10", "10.1.2", "10.1.2.3.4", "10.1.2.3.", ".10.1.2.3", "10..2.3",
            "10.1.2.256", "10.1.2.0003", "localhost", "::12345", "1::2::3", "10.1.2.-3", "::g"}) {
            assertFalse(matches("0.0.0.0/0", value) || matches("::/0", value), value);
        }
    }

    @Test
    void networksHoldTheAddressesThatArithmeticSaysTheyHold() throws UnknownHostException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            byte[] network = new byte[round % 2 == 0 ? 4 : 16];
            random.nextBytes(network);
            byte[] address = network.clone();
            address[random.nextInt(address.length)] ^= (byte) (1 << random.nextInt(8));
            int bits = random.nextInt(network.length * 8 + 1);
            int shift = network.length * 8 - bits;
            boolean same = new BigInteger(1, address).shiftRight(shift).equals(new BigInteger(1, network).shiftRight(shift));
            String cidr = InetAddress.getByAddress(network).getHostAddress() + "/" + bits;
            String text = InetAddress.getByAddress(address).getHostAddress();

            assertEquals(same, matches(cidr, text), "seed " + seed + ": " + text + " in " + cidr);
        }
    }
}
