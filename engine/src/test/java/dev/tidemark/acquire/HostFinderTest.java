package dev.tidemark.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFinderTest {
    private static final String PROXY = "Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/Ecp/a.LOG";

    /** Each argument is a path of a recognised log, or {@code path=server}. */
    private static List<String> prefixes(String... logs) {
        Map<String, String> sources = new HashMap<>();
        Map<String, String> servers = new HashMap<>();
        for (String log : logs) {
            String[] parts = log.split("=");
            sources.put(parts[0], "httpproxy");
            if (parts.length > 1) {
                servers.put(parts[0], parts[1]);
            }
        }
        List<String> paths = Arrays.stream(logs).map(log -> log.split("=")[0]).toList();
        return HostFinder.find(paths, sources, servers).stream().map(HostRoot::prefix).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "C/inetpub/logs/LogFiles/W3SVC1/u.log | c:/inetpub/logs/logfiles/w3svc1/u.log",
        "c/INETPUB/x | c:/inetpub/x",
        "C%3A/Windows/x | c:/windows/x",
        "uploads/auto/C%3A/inetpub/a%20b | c:/inetpub/a b",
        "uploads/ntfs/%5C%5C.%5CC%3A/$MFT | c:/$mft",
        "h1/uploads/ntfs/%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy3/Windows/x | c:/windows/x",
        "mail01/d/Program Files/x | d:/program files/x",
        "Windows/System32/x | windows/system32/x",
        "mail01.zip!/D/ExchLogs/x.log | d:/exchlogs/x.log",
        "Users/a/b/C/x | users/a/b/c/x",
        "windows/mail01/C/inetpub/x | c:/inetpub/x",
        "mail01/Exchange Server/V15/Logging/x | exchange server/v15/logging/x",
        "logs/HttpProxy_1.LOG | logs/httpproxy_1.log",
        "100%/50%zz%4 | 100%/50%zz%4",
        "C/inetpub/wwwroot/loot.zip!/Windows/x | c:/inetpub/wwwroot/loot.zip!/windows/x",
        "'' | ''"})
    void pathOnTheServerIsFoundUnderWhatTheCollectorMadeOfIt(String path, String expected) {
        assertEquals(expected, EvidenceNames.decode(path));
    }

    @Test
    void oneServersTreeIsTheWholeRootWhateverTheCollector() {
        assertEquals(List.of(""), prefixes("C/" + PROXY, "D/ExchLogs/IIS/u.log"));
        assertEquals(List.of(""), prefixes(PROXY));
        assertEquals(List.of(""), prefixes("uploads/auto/C%3A/" + PROXY, "uploads/ntfs/%5C%5C.%5CC%3A/$MFT"));
        assertEquals(List.of(""), prefixes("2021-03-06T02_ConsoleLog.txt", "2021-03-06T02_CopyLog.csv", "C/" + PROXY));
        assertEquals(List.of(""), prefixes("mail01/C/" + PROXY, "mail01/notes.log"));
        assertEquals(List.of(""), prefixes());
    }

    @Test
    void foldersAndArchivesWithAServersTreeEachAreHosts() {
        assertEquals(List.of("a.zip!/", "b/", "old/x1/"), prefixes("a.zip!/uploads/auto/C%3A/" + PROXY, "b/C/" + PROXY,
                "b/D/logs/x.log", "old/x1/" + PROXY));
        assertEquals(List.of("win/a/", "win/b/"), prefixes("win/a/C%3A/" + PROXY, "win/b/c/" + PROXY));
    }

    @Test
    void serverWithoutAnyExchangeLogIsAHostToo() {
        List<String> paths = List.of("a/C/" + PROXY, "b/C/Windows/System32/config/SYSTEM");

        List<HostRoot> hosts = HostFinder.find(paths, Map.of("a/C/" + PROXY, "httpproxy"), Map.of());

        assertEquals(List.of(new HostRoot("a/"), new HostRoot("b/")), hosts);
    }

    @Test
    void archiveThatTheIntruderStagedIsNoHost() {
        assertEquals(List.of(""), prefixes("C/" + PROXY, "C/inetpub/wwwroot/loot.zip!/Windows/System32/winevt/x.evtx"));
    }

    @Test
    void relocatedLogsBelongToTheHostWhoseFolderHoldsThem() {
        assertEquals(List.of("a/", "b/"), prefixes("a/C/" + PROXY, "a/relocated/HttpProxy_1.LOG", "b/C/" + PROXY));
        assertEquals(List.of("a/", "b/"), prefixes("a/tri.zip!/C/" + PROXY, "a/relocated/x.LOG", "b/C/" + PROXY));
        assertEquals(List.of(""), prefixes("a/C/" + PROXY, "iislogs/u_ex.log"));
    }

    @Test
    void looseLogsAreOneHostUnlessFoldersHoldDifferentServers() {
        assertEquals(List.of(""), prefixes("httpproxy/a.log=MAIL01", "iis/u.log", "ecp/e.log=mail01"));
        assertEquals(List.of("mx/", "my/"), prefixes("mx/a.log=MAIL01", "my/b.log=MAIL02", "mx/iis/u.log"));
        assertEquals(List.of("top/mx/", "top/my/"), prefixes("top/mx/a.log=MAIL01", "top/my/b.log=MAIL02"));
        assertEquals(List.of(""), prefixes("ecp/a.log=MAIL01", "ecp/b.log=MAIL02", "owa/a.log=MAIL01"));
    }

    @Test
    void looseLogsOfAnotherServerAreAnotherHost() {
        assertEquals(List.of("", "copy/"), prefixes("C/" + PROXY + "=MAIL01", "copy/a.log=MAIL02"));
        assertEquals(List.of("a/", "b/"), prefixes("a/C/" + PROXY + "=MAIL01", "b/a.log=MAIL02"));
    }

    @Test
    void everyRecognisedLogBelongsToSomeHost() {
        List<String> found = prefixes("a/C/" + PROXY, "b/C/" + PROXY, "u_ex1.log");

        assertEquals(List.of("", "a/", "b/"), found);
        List<HostRoot> hosts = found.stream().map(HostRoot::new).toList();
        assertEquals(Optional.of(new HostRoot("a/")), HostFinder.owner("a/C/x", hosts));
        assertEquals(Optional.of(HostRoot.WHOLE), HostFinder.owner("u_ex1.log", hosts));
    }

    @Test
    void hostIsNamedAfterItsFolderOrArchive() throws IOException {
        try (FileSystem fs = Jimfs.newFileSystem(Configuration.unix())) {
            Path root = Files.createDirectories(fs.getPath("/case/h23-kape-zip.zip"));

            assertEquals("h23-kape-zip.zip", HostFinder.nameOf(root, HostRoot.WHOLE));
            assertEquals("case", HostFinder.nameOf(fs.getPath("/case/h23-kape-zip.zip/.."), HostRoot.WHOLE));
            assertEquals("work", HostFinder.nameOf(fs.getPath("."), HostRoot.WHOLE));
            assertEquals("host", HostFinder.nameOf(fs.getPath("/"), HostRoot.WHOLE));
            assertEquals("mail01.zip", HostFinder.nameOf(root, new HostRoot("x/mail01.zip!/")));
            assertEquals(List.of("a/tri", "b/tri"), List.copyOf(HostFinder.namesOf(root,
                    List.of(new HostRoot("a/tri/"), new HostRoot("b/tri/"))).values()));
        }
    }

    @Test
    void pathIsToldBelowItsHost() {
        assertEquals("C/x", HostFinder.relative("a.zip!/C/x", new HostRoot("a.zip!/")));
        assertThrows(IllegalArgumentException.class, () -> HostFinder.relative("b/x", new HostRoot("a/")));
    }
}
