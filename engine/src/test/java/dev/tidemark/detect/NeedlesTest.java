package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NeedlesTest {
    private static String of(Writing writing, String glob) {
        return Glob.of(glob, Glob.Position.CONTAINED, false).needles(writing).groups().toString();
    }

    @Test
    void lineMayTearAValueApartAtAnyCharacterButThoseOfARun() {
        assertEquals("[[virtualdirectory]]", of(Writing.LINE, "=VirtualDirectory&"));
        assertEquals("[[python-requests]]", of(Writing.LINE, "a/?python-requests/*"));
        assertEquals("[]", of(Writing.LINE, "/ab/"));
    }

    @Test
    void eventKeepsATextInOnePiece() {
        assertEquals("[[\\w3wp.exe]]", of(Writing.EVENT, "\\w3wp.exe"));
        assertEquals("[[cmd /c whoami]]", of(Writing.EVENT, "cmd /c Whoami"));
    }

    @Test
    void whatAnEventMayStoreAsANumberOrATimeIsNoNeedle() {
        for (String value : new String[] {"0x1f4d5", "4688", "S-1-5-18", "2021-03-02T10:00", "true", "{5f1a-", "dead-beef"}) {
            assertEquals("[]", of(Writing.EVENT, value), value);
        }
    }

    @Test
    void oneOfTheAlternativesOfAGroupHasToStandThere() {
        assertEquals("[[beresource], [backend, resource]]", sorted("beresource/(resource|backend)$"));
        assertEquals("[[asmx, aspx]]", sorted("\\.?(aspx|asmx)$"));
        assertEquals("[]", sorted("(\\.aspx|[a-z]+)$"));
        assertEquals("[[shell]]", sorted("shell(\\.aspx)?"));
        assertEquals("[[exchange.]]", sorted("^Ser?[abc]+/exchange\\.a{2}"));
    }

    private static String sorted(String expression) {
        return new RegexLiterals(expression).needles(Writing.LINE).groups().stream()
                .map(group -> new TreeSet<>(group).toString()).toList().toString();
    }

    @Test
    void expressionThatThisReadingWouldNotHoldForNamesNoLiteral() {
        for (String expression : new String[] {"(?!abc)defg", "abcd|", "abcd|x*", "[a[bcd]efgh]", "\\x41bcdef", "(abcd"}) {
            assertEquals("[]", sorted(expression), expression);
        }
    }
}
