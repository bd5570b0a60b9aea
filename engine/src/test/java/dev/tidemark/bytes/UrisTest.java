package dev.tidemark.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrisTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "/owa/%61uth.aspx, /owa/auth.aspx",
        "/owa/%2561uth.aspx, /owa/auth.aspx",
        "/owa/%25%36%31uth, /owa/auth",
        "/owa/%u0061uth, /owa/auth",
        "/owa//auth, /owa/auth",
        "/owa/./auth, /owa/auth",
        "/ecp/../owa/auth, /owa/auth",
        "/../../owa, /owa",
        "/owa/auth/.., /owa/",
        "/owa/auth/., /owa/auth/",
        "/owa\\auth, /owa/auth",
        "/owa%5cauth, /owa/auth",
        "/owa/%2e%2e/ecp/y.js, /ecp/y.js",
        "https://mail//owa//x, https://mail/owa/x",
        "ServerInfo~a]@mail:444//mapi/../autodiscover, ServerInfo~a]@mail:444/autodiscover",
        "/a%3Fb, /a?b",
        "/a?x=%2f%2f..%2f, /a?x=//../",
        "/caf%C3%A9, /café",
    })
    void serverSeesOneSpellingOfManyWritings(String raw, String canonical) {
        assertEquals(raw, Uris.spellings(raw).get(0));
        assertTrue(Uris.spellings(raw).contains(canonical), () -> Uris.spellings(raw).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/owa/auth/logon.aspx?url=a/b", "100", "?", "a.b@c"})
    void plainValueHasOneSpelling(String raw) {
        assertEquals(List.of(raw), Uris.spellings(raw));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%2", "%zz", "%u12", "%u12zz", "%ff%fe", "%%%", "/a%"})
    void brokenEscapeStaysAsItStands(String raw) {
        assertEquals(raw, Uris.spellings(raw).get(Uris.spellings(raw).size() - 1));
    }

    @Test
    void pathParametersAreTakenOffLast() {
        assertEquals(List.of("/owa/x.aspx;jsessionid=1/y", "/owa/x.aspx/y"),
                Uris.spellings("/owa/x.aspx;jsessionid=1/y"));
    }

    @Test
    void anyTextIsSpelledWithoutExceptionAndNotLonger() {
        long seed = 20261124L;
        Random random = new Random(seed);
        String alphabet = "%u25aE2f/\\.;?:x\u00e9\ud83d";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(24); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            for (String spelling : Uris.spellings(text.toString())) {
                assertTrue(spelling.length() <= text.length(), () -> "seed " + seed + ": " + text);
            }
        }
    }

    @Test
    void escapesThatStandApartCostNoMoreThanTheirLength() {
        String hostile = "/ecp/" + "%41x".repeat(100_000);
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        assertEquals("/ecp/" + "Ax".repeat(100_000), Uris.spellings(hostile).get(1));

        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 200L * hostile.length());
    }
}
