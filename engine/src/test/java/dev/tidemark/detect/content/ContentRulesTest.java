package dev.tidemark.detect.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.detect.RuleSource;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentRulesTest {
    private static final String EXAMPLE = """
            import "pe"
            private rule base : a b { meta: n = 1 strings: $x = "abc" nocase wide ascii $h = { 4D 5? [2-4] ( 41 | 42 43 ) }
              $r = /ev[a-z]l\\s*\\(/i fullword condition: any of them and #x >= 0 }
            rule second { condition: base and filesize < 2KB and not ( uint16(0) == 0x5A4D ) }
            """;

    private static ContentRules rules(String text) {
        return ContentRules.load(List.of(new RuleSource("pack/t.yar", text.getBytes(StandardCharsets.UTF_8))));
    }

    private static List<String> names(ContentRules rules, byte[] data) {
        FileFacts facts = new FileFacts("Shell.aspx", "C:\\inetpub", "aspx", "text", data.length, true);
        return rules.scan(List.of(data), facts).stream().map(ContentRules.Found::name).toList();
    }

    private static boolean holds(String strings, String condition, byte[] data) {
        String declared = strings.isEmpty() ? "" : "strings: " + strings;
        ContentRules rules = rules("rule r { " + declared + " condition: " + condition + " }");
        assertEquals("{}", rules.notUnderstood().toString());
        return names(rules, data).equals(List.of("r"));
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] wide(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', textBlock = """
            $a = "abc"                     § $a                                   § xxabcxx           § true
            $a = "abc"                     § $a                                   § xxABCxx           § false
            $a = "abc" nocase              § $a                                   § xxABCxx           § true
            $a = "abc" fullword            § $a                                   § xxabc             § false
            $a = "abc" fullword            § $a                                   § <abc>             § true
            $a = "a\\x62\\"\\\\"           § $a                                   § ab"\\             § true
            $a = "abc" xor(1-3)            § $a                                   § c`a               § true
            $a = "abc" base64              § $a                                   § xxYWJjxx          § true
            $a = { 61 ?? 63 }              § $a                                   § xaZcx             § true
            $a = { 61 6? 63 }              § $a                                   § xaZcx             § false
            $a = { 61 [1-3] 64 }           § $a                                   § abcd              § true
            $a = { 61 [3-4] 64 }           § $a                                   § abcd              § false
            $a = { 61 ( 62 | 63 64 ) 65 }  § $a                                   § acde              § true
            $a = /ev[ae]l\\(/              § $a                                   § xevel(            § true
            $a = /^abc$/                   § $a                                   § abc               § true
            $a = /^bc/                     § $a                                   § abc               § false
            $a = /A.C/is                   § $a                                   § a-c               § true
            $a = /a{2}b?c{1,}/             § $a                                   § xaacc             § true
            $a = "ab" $b = "cd"            § all of them                          § abcd              § true
            $a = "ab" $b = "cd"            § all of them                          § ab                § false
            $a = "ab" $b = "cd"            § none of them                         § xx                § true
            $a = "ab" $b = "cd"            § 50% of them                          § xxcd              § true
            $a1 = "ab" $a2 = "x" $b = "cd" § 2 of ($a*)                           § ab x              § true
            $a1 = "ab" $a2 = "x" $b = "cd" § any of ($a*) in (2..9)               § abxx              § true
            $a = "ab"                      § #a == 2 and @a[2] == 3 and !a[1] == 2 § ab-ab            § true
            $a = "ab"                      § $a at 1                              § xab               § true
            $a = "ab"                      § $a in (2..filesize)                  § ab                § false
            $a = "ab"                      § for any i in (1..#a) : (@a[i] > 2)   § ab-ab             § true
            $a = "ab" $b = "cd"            § for all of them : (# == 1 and @ < 3) § abcd              § true
            $a = "ab"                      § for any n in (1, 3) : ($a at n)      § xxxab             § true
            ''                             § uint16(0) == 0x6261 and uint16be(0) == 0x6162 § ab       § true
            ''                             § uint32(0) == 1 or defined uint8(9)   § ab                § false
            ''                             § filesize == 2 and 1 + 2 * 3 == 7 and 7 % 4 \\ 1 == 3 § ab § true
            ''                             § (1 << 3 | 1) == 9 and ~1 & 3 == 2    § ab                § true
            ''                             § filename == "Shell.aspx" and extension == ".aspx" § ab   § true
            ''                             § filename icontains "SHELL" and filepath matches /^c:/i § ab § true
            ''                             § web_file and not filename startswith "x" § ab            § true
            ''                             § math.entropy(0, filesize) < 1.1      § abab              § true
            ''                             § hash.md5(0, filesize) == "900150983cd24fb0d6963f7d28e17f72" § abc § true
            """)
    void saysOfAFileWhatYaraSays(String strings, String condition, String data, boolean expected) {
        assertEquals(expected, holds(strings, condition, latin(data)));
    }

    @Test
    void findsUtf16WhereARuleAsksForIt() {
        assertTrue(holds("$a = \"eval\" wide", "$a", wide("x eval(")));
        assertFalse(holds("$a = \"eval\" wide", "$a", latin("x eval(")));
        assertTrue(holds("$a = /ev[a-z]l\\(/ wide ascii nocase", "#a == 2", concat(wide("x EVAL( "), latin("eval("))));
        assertTrue(holds("$a = \"eval\" wide fullword", "$a", wide("x eval(")));
        assertFalse(holds("$a = \"eval\" wide fullword", "$a", wide("xeval(")));
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    @Test
    void privateRulesServeOthersAndGlobalOnesHoldForAllOfTheirFile() {
        ContentRules rules = rules("""
                global rule small { condition: filesize < 10 }
                private rule part { strings: $a = "ab" condition: $a }
                rule whole { condition: part }
                rule several { condition: any of (pa*) }
                """);

        assertEquals(List.of("small", "whole", "several"), names(rules, latin("ab")));
        assertEquals(List.of(), names(rules, latin("ab and much more behind it")));
    }

    @Test
    void whatIsNotUnderstoodIsSaidForEachRuleAndStopsNoOther() {
        ContentRules rules = rules("""
                import "pe"
                rule wantsModule { condition: pe.is_dll() }
                rule good { condition: true }
                rule lookAround { strings: $a = /a(?=b)/ condition: $a }
                rule broken { strings: $a = "x condition: $a }
                rule oddNumber { condition: 0.2filesize > 1 }
                rule asksBroken { condition: broken }
                include "other.yar"
                rule last : web { condition: true }
                """);

        assertEquals(List.of("good", "last"), names(rules, latin("x")));
        assertEquals(List.of("t.yar:asksBroken", "t.yar:broken", "t.yar:lookAround", "t.yar:oddNumber",
                "t.yar:wantsModule"),
                rules.notUnderstood().keySet().stream().sorted().toList());
        assertEquals("[line 2: 'pe.is_dll' is not understood: of modules only math's entropy, mean and deviation, and"
                + " hash]", rules.notUnderstood().get("t.yar:wantsModule").toString());
    }

    @Test
    void metaSaysHowSeriousItIs() {
        ContentRules rules = rules("""
                rule WEBSHELL_x : T1505_003 { meta: description = "A shell" score = 80 reference = "https://a.example"
                  condition: true }
                rule ours { meta: severity = "low" stage = "impact" outcome = "succeeded" condition: true }
                """);

        assertEquals(Severity.HIGH, rules.infos().get(0).level());
        assertEquals(Stage.WEBSHELL, rules.infos().get(0).stage());
        assertEquals("A shell", rules.infos().get(0).title());
        assertEquals(List.of("https://a.example"), rules.infos().get(0).references());
        assertEquals(Severity.LOW, rules.infos().get(1).level());
        assertEquals(Stage.IMPACT, rules.infos().get(1).stage());
        assertEquals("t.yar:ours", rules.infos().get(1).file());
    }

    @Test
    void aRuleFileCutAnywhereIsReadAsFarAsItGoes() {
        for (int cut = 0; cut <= EXAMPLE.length(); cut++) {
            ContentRules rules = rules(EXAMPLE.substring(0, cut));
            names(rules, latin("MZ abc eval ("));
        }
        assertEquals(List.of("second"), names(rules(EXAMPLE), latin("xx abc")));
    }

    @Test
    void noRuleFileAndNoFileBreaksIt() {
        long seed = 20261125;
        Random random = new Random(seed);
        String[] parts = EXAMPLE.split("(?<=[ ({:])");
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            byte[] data = new byte[random.nextInt(300)];
            random.nextBytes(data);
            try {
                names(rules(text.toString()), data);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + text, e);
            }
        }
    }

    @Test
    void aFileMadeToBeSlowIsGivenUpAndCounted() {
        ContentRules rules = rules("""
                rule slow { strings: $a = /ab.{0,300}cd.{0,300}ef/s condition: $a }
                rule loop { strings: $a = "a" condition: for all i in (1..9000000) : (uint8(i % 100) == 0x61) }
                """);

        names(rules, latin("ab".repeat(1 << 19)));

        assertEquals(1, rules.searchesGivenUp());
    }
}
