package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The modifiers of the Sigma specification 2.1, each with what it matches and what it leaves. */
class ModifiersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            F: abc                    | ABC                 | abcd
            F: a?c*                   | abc and more        | ac
            'F#contains': b           | abc                 | ac
            'F#contains': 'b*d'       | abcde               | adcb
            'F#startswith': ab        | ABc                 | cab
            'F#endswith': '\\a.exe'    | c:\\A.exe            | c:\\ba.exe
            'F#cased': Abc            | Abc                 | abc
            'F#contains#cased': B     | aBc                 | abc
            'F#contains#all': [a, b]  | b and a             | a alone
            'F#startswith': [x, y]    | yes                 | no
            'F#neq': abc              | abd                 | ABC
            'F#neq': [abc, abd]       | abe                 | abd
            'F#contains#windash': '-f '| x /f y             | x -fy
            'F#contains#windash': ' /all'| ipconfig ―all    | ipconfig=all
            'F#contains#windash': ' –h'| tool -h            | tool h
            'F#endswith#windash': ' -s'| tool –s            | tool +s
            'F#windash': 'a-b -c'     | a-b /c              | a/b -c
            'F#re': '^a.c$'           | abc                 | ABC
            'F#re#i': '^a.c$'         | ABC                 | abbc
            'F#re': 'b+'              | abbc                | ac
            'F#re': '(?<!not )x$'     | is x                | not x
            'F#re': '(a)\\1'           | xaay                | xay
            'F#gt': 5                 | 6                   | 5
            'F#gte': 5                | 5                   | 4
            'F#lt': 5                 | 4.5                 | 5
            'F#lte': 0x10             | 16                  | 17
            'F#lte': -2               | -2                  | -1
            'F#gt': 15                | 0x10                | 0xf
            'F#gt': 5                 | 60                  | six
            'F#neq': 5                | 6                   | 5
            'F#cidr': 10.0.0.0/8      | 10.200.1.1          | 11.0.0.1
            'F#cidr': [192.0.2.0/24, 198.51.100.0/24] | 198.51.100.7 | 198.51.101.7
            'F#cidr': 'fe80::/10'     | fe80::1             | 2001:db8::1
            'F#cidr': '2001:db8::/32' | 2001:0DB8:0:0::9    | 2001:db9::9
            'F#cidr': 10.0.0.0/8      | ::ffff:10.1.1.1     | ::ffff:11.1.1.1
            'F#base64': 'foo bar'     | Zm9vIGJhcg==        | Zm9vIGJhcg
            'F#base64offset#contains': 'foobar' | xxxZm9vYmFy   | xxZm9YmFy
            'F#base64offset#contains': 'foobar' | IGZvb2Jhci    | IGZvb
            'F#base64offset#contains': 'foobar' | ICBmb29iYXIg  | ICBmb29
            'F#wide#base64offset#contains': 'ping' | cABpAG4AZwA= | cGluZw==
            'F#utf16le#base64': 'a'   | YQA=                | YQ==
            'F#utf16be#base64': 'a'   | AGE=                | YQA=
            'F#utf16#base64': 'a'     | //5hAA==            | YQA=
            'F#minute': 7             | 2021-03-03T08:07:00Z | 2021-03-03T08:08:00Z
            'F#hour': 8               | 2021-03-03 08:07:00.123 | 2021-03-03 18:07:00
            'F#hour#gte': 22          | 23:59:59            | 21:59:59
            'F#day': 3                | 2021-03-03          | 2021-03-13
            'F#week': 9               | 2021-03-03          | 2021-03-13
            'F#month': [2, 3]         | 2021-03-03          | 2021-04-03
            'F#year#lt': 2022         | 2021-12-31          | 2022-01-01
            """)
    void matchesTheOneAndLeavesTheOther(String test, String hit, String miss) throws RuleException {
        RuleSet rules = SigmaRules.load(rule(test));

        assertTrue(SigmaRules.hits(rules, EventRecord.of("F", hit)), hit);
        assertFalse(SigmaRules.hits(rules, EventRecord.of("F", miss)), miss);
    }

    @Test
    void dollarIsTheEndAlsoBeforeALastLineFeed() throws RuleException {
        RuleSet rules = SigmaRules.load(rule("'F#re': 'end[$]?$'"));

        assertTrue(SigmaRules.hits(rules, EventRecord.of("F", "the end\n")));
        assertTrue(SigmaRules.hits(rules, EventRecord.of("F", "the end$")));
        assertFalse(SigmaRules.hits(rules, EventRecord.of("F", "the end\n\n")));
    }

    @Test
    void flagsLetDotAndAnchorsCrossLines() throws RuleException {
        assertTrue(SigmaRules.hits(SigmaRules.load(rule("'F#re#m': '^b$'")), EventRecord.of("F", "a\nb\nc")));
        assertFalse(SigmaRules.hits(SigmaRules.load(rule("'F#re': '^b$'")), EventRecord.of("F", "a\nb\nc")));
        assertTrue(SigmaRules.hits(SigmaRules.load(rule("'F#re#s': 'a.b'")), EventRecord.of("F", "a\nb")));
        assertFalse(SigmaRules.hits(SigmaRules.load(rule("'F#re': 'a.b'")), EventRecord.of("F", "a\nb")));
        assertTrue(SigmaRules.hits(SigmaRules.load(rule("'F#re#i#s': 'A.B'")), EventRecord.of("F", "a\nb")));
    }

    @Test
    void wideWithoutBase64IsTheTextInTwoBytesACharacter() throws RuleException {
        RuleSet rules = SigmaRules.load(rule("'F#wide#contains': 'c*d'"));

        assertTrue(SigmaRules.hits(rules, EventRecord.of("F", "xc\0m\0d\0")));
        assertFalse(SigmaRules.hits(rules, EventRecord.of("F", "cmd")));
    }

    @Test
    void existsAsksForTheFieldAndNotForItsValue() throws RuleException {
        RuleSet there = SigmaRules.load(rule("'F#exists': true"));
        RuleSet gone = SigmaRules.load(rule("'F#exists': false"));

        assertTrue(SigmaRules.hits(there, EventRecord.of("F", "")));
        assertFalse(SigmaRules.hits(there, EventRecord.of("G", "")));
        assertTrue(SigmaRules.hits(gone, EventRecord.of("G", "")));
        assertFalse(SigmaRules.hits(gone, EventRecord.of("F", "")));
    }

    @Test
    void fieldIsComparedWithAnotherOne() throws RuleException {
        RuleSet same = SigmaRules.load(rule("'F#fieldref': G"));
        RuleSet other = SigmaRules.load(rule("'F#fieldref#neq': G"));
        RuleSet begins = SigmaRules.load(rule("'F#fieldref#startswith': G"));

        assertTrue(SigmaRules.hits(same, EventRecord.of("F", "Ann", "G", "ann")));
        assertFalse(SigmaRules.hits(same, EventRecord.of("F", "Ann", "G", "bob")));
        assertTrue(SigmaRules.hits(other, EventRecord.of("F", "Ann", "G", "bob")));
        assertFalse(SigmaRules.hits(other, EventRecord.of("F", "Ann", "G", "ann")));
        assertTrue(SigmaRules.hits(begins, EventRecord.of("F", "annabel", "G", "ann")));
        assertFalse(SigmaRules.hits(same, EventRecord.of("F", "a*", "G", "axx")));
    }

    @Test
    void oneOfSeveralValuesIsEnough() throws RuleException {
        RuleSet rules = SigmaRules.load(rule("'Data#contains#all': [one, two]"));

        assertTrue(SigmaRules.hits(rules, EventRecord.of("Data", "one", "Data", "two")));
        assertFalse(SigmaRules.hits(rules, EventRecord.of("Data", "one", "Data", "one")));
    }

    @Test
    void emptyIsNotAbsentAndNullIsEither() throws RuleException {
        RuleSet empty = SigmaRules.load(rule("F: ''"));
        RuleSet none = SigmaRules.load(rule("F: null"));

        assertTrue(SigmaRules.hits(empty, EventRecord.of("F", "")));
        assertFalse(SigmaRules.hits(empty, EventRecord.of("G", "x")));
        assertTrue(SigmaRules.hits(none, EventRecord.of("F", "")));
        assertTrue(SigmaRules.hits(none, EventRecord.of("G", "x")));
        assertFalse(SigmaRules.hits(none, EventRecord.of("F", "x")));
    }

    @Test
    void timeOfTheRecordStandsInForAFieldOfThatNameOnly() throws RuleException {
        EventRecord event = EventRecord.of("SystemTime", "2021-03-03T08:07:00Z");

        assertTrue(SigmaRules.hits(SigmaRules.load(rule("'timestamp#hour': 8")), event));
        assertFalse(SigmaRules.hits(SigmaRules.load(rule("'CreationUtcTime#hour': 8")), event));
    }

    @Test
    void namesWithSpacesAndPointsAndValuesThatAreNumbersOrFlags() throws RuleException {
        RuleSet rules = SigmaRules.load(rule("{Threat Name: x, a.b.c: 5, Signed: false, Level: 0x2}"));

        assertTrue(SigmaRules.hits(rules,
                EventRecord.of("Threat Name", "X", "a.b.c", "5", "signed", "False", "Level", "0x2")));
    }

    @Test
    void backslashesAreReadAsTheSpecificationHasIt() throws RuleException {
        assertTrue(hits("'\\'", "\\"));
        assertTrue(hits("'\\\\'", "\\"));
        assertTrue(hits("'\\*'", "*"));
        assertFalse(hits("'\\*'", "x"));
        assertTrue(hits("'\\?'", "?"));
        assertFalse(hits("'\\?'", "x"));
        assertTrue(hits("'a\\\\*'", "a\\anything"));
        assertTrue(hits("'\\\\\\*'", "\\*"));
        assertFalse(hits("'\\\\\\*'", "\\x"));
        assertTrue(hits("'\\\\\\\\srv'", "\\\\srv"));
        assertTrue(hits("'\\\\\\srv'", "\\\\srv"));
        assertTrue(hits("'C:\\Windows\\x'", "c:\\windows\\X"));
    }

    private static boolean hits(String value, String field) throws RuleException {
        return SigmaRules.hits(SigmaRules.load(rule("F: " + value)), EventRecord.of("F", field));
    }

    @Test
    void unknownAndClashingModifiersAreFaultsWithTheirLine() {
        assertEquals(List.of("rules/t.yml:5: unknown modifier 'contain' (did you mean 'contains'?)"),
                SigmaRules.faults(rule("'F#contain': x")));
        assertTrue(SigmaRules.faults(rule("'F#re#contains': x")).get(0).contains("cannot stand together"));
        assertTrue(SigmaRules.faults(rule("'F#i': x")).get(0).contains("can only stand with re"));
        assertTrue(SigmaRules.faults(rule("'F#cidr': nowhere")).get(0).contains("no network in CIDR form"));
        assertTrue(SigmaRules.faults(rule("'F#re': '('")).get(0).contains("no regular expression"));
    }

    /** A hash stands for the bar, which the table of cases needs for itself. */
    private static String rule(String test) {
        return SigmaRules.rule("a:\n  " + test.replace('#', '|') + "\ncondition: a");
    }
}
