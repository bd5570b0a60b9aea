package dev.tidemark.fuzz;

import dev.tidemark.detect.RuleSource;
import dev.tidemark.detect.content.ContentRules;
import dev.tidemark.detect.content.FileFacts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** YARA rules of strangers: compiled, then run on a page. */
final class YaraTarget {
    private static final byte[] PAGE = ("<%@ Page Language=\"Jscript\"%><%eval(Request.Item[\"x\"],\"unsafe\");%>"
            + "abcabc MZ AB aB evil ( 4D50").getBytes(StandardCharsets.ISO_8859_1);
    private static final FileFacts FACTS = new FileFacts("a.aspx", "C:\\inetpub", "aspx", "text", PAGE.length, true);

    private YaraTarget() {}

    public static void fuzzerTestOneInput(byte[] rules) {
        ContentRules compiled = ContentRules.load(List.of(new RuleSource("pack/made.yar", rules)));
        compiled.scan(List.of(PAGE), FACTS);
        compiled.rules();
        compiled.notUnderstood();
        compiled.slow();
    }

    static List<byte[]> seeds() {
        return List.of("""
                import "pe"
                private rule base : a b { meta: n = 1 strings: $x = "abc" nocase wide ascii $h = { 4D 5? [2-4] ( 41 | 42 43 ) }
                  $r = /ev[a-z]l\\s*\\(/i fullword condition: any of them and #x >= 0 }
                rule second { condition: base and filesize < 2KB and not ( uint16(0) == 0x5A4D ) }
                """, """
                rule third { meta: description = "d" strings: $a1 = "a\\x41\\"" fullword $a2 = { ~41 ?? [1-] 42 } $b = "x" xor base64
                  condition: for any i in (1..#a1) : ( @a1[i] < 0x10 and !a1[i] == 2 ) or ( 2 of ($a*) and $b at 3
                  or for all of them : ( $ in (0..filesize) ) ) and filename matches /a.*x$/ and 1 + 2 * 3 \\ 4 % 5 ~= 6 << 1 }
                """).stream().map(rule -> rule.getBytes(StandardCharsets.ISO_8859_1)).toList();
    }

    static List<byte[]> real(Path shared) {
        return RealFiles.none(shared);
    }
}
