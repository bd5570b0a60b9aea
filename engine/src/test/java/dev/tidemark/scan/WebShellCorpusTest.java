package dev.tidemark.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.detect.FieldMap;
import dev.tidemark.detect.RuleException;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.RuleSource;
import dev.tidemark.detect.content.ContentRules;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules for files, on files that the tests make: sound ones of every kind, and pages in the shape of web shells. */
class WebShellCorpusTest {
    private static FileScan scan;

    @BeforeAll
    static void load() throws RuleException {
        RuleSet rules = RuleSet.load(RuleSource.bundledRules(), FieldMap.bundled());
        ContentRules content = ContentRules.load(RuleSource.bundledYara());
        assertEquals("{}", content.notUnderstood().toString());
        assertEquals(List.of(), content.slow());
        scan = new FileScan(rules, content, new ScanOptions(List.of(), Optional.empty(), Optional.empty(), 1,
                Severity.INFORMATIONAL, List.of(), "test"));
    }

    private static List<Finding> accusing(MemoryFile file) {
        return scan.scan(file).findings().stream().filter(f -> f.severity().accuses()).toList();
    }

    @Test
    void noSoundFileIsAccused() {
        List<MemoryFile> sound = BenignPages.all();
        List<String> wrong = new ArrayList<>();
        for (MemoryFile file : sound) {
            accusing(file).forEach(f -> wrong.add(file.path() + ": " + f.rule()));
        }

        System.out.println("Sound files: " + sound.size() + ", accused: " + wrong.size());
        assertTrue(sound.size() >= 200, "the corpus has " + sound.size());
        assertEquals(List.of(), wrong);
    }

    @Test
    void nearlyEveryWebShellIsFound() {
        List<MemoryFile> shells = InertShells.all();
        List<String> missed = shells.stream().filter(file -> accusing(file).isEmpty()).map(MemoryFile::path).toList();

        System.out.println("Web shells: " + shells.size() + ", found: " + (shells.size() - missed.size()) + ", missed: "
                + missed);
        assertTrue(shells.size() >= 60, "the corpus has " + shells.size());
        assertTrue(missed.size() * 20 <= shells.size(), "missed: " + missed);
    }

    @Test
    void whatIsFoundHasTheTimeAndThePlaceOfTheFileAndTellsTheCode() {
        MemoryFile shell = MemoryFile.of("C/inetpub/wwwroot/aspnet_client/x.aspx",
                "x".repeat(5_000) + "<% eval(Request[\"PLACEHOLDER\" #INERT#");

        Finding found = accusing(shell).stream().filter(f -> f.rule().startsWith("web-shells.yar:")).findFirst().orElseThrow();

        assertEquals(shell.modified(), found.time());
        assertEquals("C/inetpub/wwwroot/aspnet_client/x.aspx", found.place().toString());
        assertEquals("web-file", found.source());
        assertTrue(found.excerpt().contains("PLACEHOLDER"), found.excerpt());
        assertTrue(found.summary().startsWith("C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx"), found.summary());
    }
}
