package dev.tidemark.posture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.model.Place;
import dev.tidemark.model.Posture;
import dev.tidemark.model.Posture.Mitigation;
import dev.tidemark.posture.Sighting.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which rules and pools of a configuration stop an attack, and why others do not. */
class MitigationsTest {
    private static final String SSRF = "CVE-2021-26855";
    private static final String ANON = rule("X-AnonResource-Backend Abort - inbound", "", "{HTTP_COOKIE}",
            "(.*)X-AnonResource-Backend(.*)", "AbortRequest");
    private static final String RESOURCE = rule("X-BEResource Abort - inbound", "stopProcessing='true'", "{HTTP_COOKIE}",
            "(.*)X-BEResource=(.+)/(.+)~(.+)", "AbortRequest");
    private static final String BOTH = ANON + RESOURCE;
    private static final String MODULE = "<globalModules><add name='RewriteModule' image='%SystemRoot%\\rewrite.dll'/>"
            + "</globalModules>";
    private static final String SITE_ROOT = "c:/inetpub/wwwroot/web.config";
    private static final Instant WRITTEN = Instant.parse("2021-03-04T17:34:59Z");

    private final List<ConfigFile> files = new ArrayList<>();

    private static String rule(String name, String attributes, String input, String pattern, String action) {
        return "<rule name='" + name + "' " + attributes + "><match url='.*'/><conditions><add input='" + input
                + "' pattern='" + pattern + "'/></conditions><action type='" + action + "'/></rule>";
    }

    private static String rules(String rules) {
        return "<system.webServer><rewrite><rules>" + rules + "</rules></rewrite></system.webServer>";
    }

    private MitigationsTest file(String path, String inside) {
        files.add(new ConfigFile(path, Place.ofFile(path), Optional.of(WRITTEN), "<configuration>" + inside
                + "</configuration>"));
        return this;
    }

    private static String site(String name, int port, String pages) {
        return "<site name='" + name + "'><application path='/'><virtualDirectory path='/' physicalPath='"
                + (port == 443 ? "%SystemDrive%\\inetpub\\wwwroot" : "C:\\inetpub\\other") + "'/></application>"
                + app("/owa", pages) + app("/ecp", pages) + app("/Autodiscover", pages)
                + "<bindings><binding protocol='https' bindingInformation='*:" + port + ":'/></bindings></site>";
    }

    private static String app(String path, String pages) {
        return "<application path='" + path + "' applicationPool='MSExchangeOWAAppPool'><virtualDirectory path='/'"
                + " physicalPath='C:\\Exchange\\" + pages + path.replace('/', '\\') + "'/></application>";
    }

    /** applicationHost.config with both sites of Exchange. */
    private MitigationsTest server(String modules, String more) {
        return file("c:/windows/system32/inetsrv/config/applicationhost.config", "<system.applicationHost><sites>"
                + site("Default Web Site", 443, "FrontEnd\\HttpProxy") + site("Exchange Back End", 444, "ClientAccess")
                + "</sites></system.applicationHost><system.webServer>" + modules + "</system.webServer>" + more);
    }

    private List<Mitigation> found() {
        return new Mitigations(MitigationTable.bundled()).in(files, List.of());
    }

    private void assertInForce(String cve) {
        assertEquals(List.of(cve), found().stream().filter(Mitigation::inForce).flatMap(m -> m.cves().stream()).toList(),
                found().toString());
    }

    private void assertInVain(String reason) {
        assertTrue(found().stream().noneMatch(Mitigation::inForce), found().toString());
        assertTrue(found().stream().anyMatch(m -> m.why().contains(reason)), found().toString());
    }

    @Test
    void cookieRulesOfMarch2021StopTheForgery() {
        server(MODULE, "").file(SITE_ROOT, rules(BOTH));

        assertInForce(SSRF);
        assertEquals(Optional.of(WRITTEN), found().get(0).since());
        assertEquals(SITE_ROOT, found().get(0).place().path());
    }

    @Test
    void rulesWorkFromTheServersConfigurationToo() {
        server(MODULE, "<location path='Default Web Site'>" + rules(BOTH) + "</location>");
        assertInForce(SSRF);
        files.clear();
        server(MODULE + "<rewrite><globalRules>" + BOTH + "</globalRules></rewrite>", "");
        assertInForce(SSRF);
    }

    @Test
    void siteConfigurationAloneIsEnoughToSee() {
        file("inetpub/wwwroot/web.config", rules(BOTH));

        assertInForce(SSRF);
        assertTrue(found().get(0).why().contains("the evidence does not show"));
    }

    @Test
    void patternInOtherWordsThatStopsTheSameCounts() {
        server(MODULE, "").file(SITE_ROOT, rules(rule("mine", "", "{HTTP_COOKIE}", "x-(anonresource-backend|beresource)=",
                "AbortRequest")));

        assertInForce(SSRF);
    }

    @Test
    void conditionsJoinAsTheRuleSays() {
        String any = "<rule name='any'><match url='.*'/><conditions logicalGrouping='MatchAny'>"
                + "<add input='{HTTP_COOKIE}' pattern='X-AnonResource-Backend'/><add input='{HTTP_COOKIE}'"
                + " pattern='X-BEResource'/></conditions><action type='AbortRequest'/></rule>";
        server(MODULE, "").file(SITE_ROOT, rules(any));
        assertInForce(SSRF);
        files.clear();
        server(MODULE, "").file(SITE_ROOT, rules(any.replace("MatchAny", "MatchAll")));
        assertTrue(found().stream().noneMatch(Mitigation::inForce));
    }

    @Test
    void halfOfTheRulesStopsAPart() {
        server(MODULE, "").file(SITE_ROOT, rules(RESOURCE));

        assertInVain("only a part");
    }

    @Test
    void disabledRuleStopsNothing() {
        server(MODULE, "").file(SITE_ROOT, rules(ANON + RESOURCE.replace("name=", "enabled='false' name=")));

        assertInVain("It is disabled");
    }

    @Test
    void ruleThatOnlyRewritesStopsNothing() {
        server(MODULE, "").file(SITE_ROOT, rules(BOTH.replace("AbortRequest", "Rewrite")));

        assertInVain("Its action is Rewrite");
    }

    @Test
    void ruleBelowOneThatEndsTheWayStopsNothing() {
        String first = "<rule name='first' stopProcessing='true'><match url='.*'/><action type='None'/></rule>";
        server(MODULE, "").file(SITE_ROOT, rules(first + BOTH));

        assertInVain("The rule 'first', which stands before it, ends");
    }

    @Test
    void ruleBelowOneThatMayEndTheWayIsNotTrusted() {
        String first = "<rule name='hosts' stopProcessing='true'><match url='.*'/><conditions><add input='{HTTP_HOST}'"
                + " pattern='x'/></conditions><action type='Rewrite'/></rule>";
        server(MODULE, "").file(SITE_ROOT, rules(first + BOTH));

        assertInVain("may end");
    }

    @Test
    void redirectToTlsBeforeTheRulesDoesNoHarm() {
        String tls = "<rule name='tls' stopProcessing='true'><match url='.*'/><conditions><add input='{HTTPS}'"
                + " pattern='off'/></conditions><action type='Redirect' url='https://x'/></rule>";
        server(MODULE, "").file(SITE_ROOT, rules(tls + BOTH));

        assertInForce(SSRF);
    }

    @Test
    void rulesOfTheOtherSiteStopNothing() {
        server(MODULE, "<location path='Exchange Back End'>" + rules(BOTH) + "</location>");
        assertInVain("does not serve the requests: Exchange Back End");
        files.clear();
        server(MODULE, "").file("c:/inetpub/other/web.config", rules(BOTH));
        assertInVain("does not serve the requests");
        files.clear();
        server(MODULE, "").file("c:/exchange/clientaccess/owa/web.config", rules(BOTH));
        assertInVain("does not serve the requests");
    }

    @Test
    void rulesOfOneFolderLeaveTheOthersOpen() {
        server(MODULE, "").file("c:/exchange/frontend/httpproxy/owa/web.config", rules(BOTH));

        assertInVain("only a part");
    }

    @Test
    void rulesWithoutTheModuleStopNothing() {
        server("<globalModules><add name='Other' image='x.dll'/></globalModules>", "").file(SITE_ROOT, rules(BOTH));
        assertInVain("not among the server's globalModules");
        files.clear();
        server(MODULE + "<modules><add name='Other'/></modules>", "").file(SITE_ROOT, rules(BOTH));
        assertInVain("not among the modules");
        files.clear();
        server(MODULE, "").file(SITE_ROOT, rules(BOTH)).file("c:/exchange/frontend/httpproxy/ecp/web.config",
                "<system.webServer><modules><remove name='RewriteModule'/></modules></system.webServer>");
        assertInVain("removes the URL Rewrite module");
    }

    @Test
    void folderThatClearsInheritedRulesIsOpen() {
        server(MODULE, "").file(SITE_ROOT, rules(BOTH)).file("c:/exchange/frontend/httpproxy/ecp/web.config",
                rules("<clear/>"));
        assertTrue(found().stream().noneMatch(Mitigation::inForce));
        files.clear();
        server(MODULE, "").file(SITE_ROOT, rules(BOTH)).file("c:/exchange/frontend/httpproxy/ecp/web.config",
                rules("<remove name='X-BEResource Abort - inbound'/>"));
        assertTrue(found().stream().noneMatch(Mitigation::inForce));
    }

    @Test
    void rulesThatApplicationsDoNotInheritLeaveThemOpen() {
        server(MODULE, "").file(SITE_ROOT, "<location inheritInChildApplications='false'>" + rules(BOTH) + "</location>");
        assertTrue(found().stream().noneMatch(Mitigation::inForce), found().toString());
        files.clear();
        server(MODULE, "").file(SITE_ROOT, "<location path='.'>" + rules(BOTH) + "</location>");
        assertInForce(SSRF);
    }

    @Test
    void configurationThatIsHistoryIsNotInForce() {
        file("c:/inetpub/history/cfghistory_0000000007/applicationhost.config", "<location path='Default Web Site'>"
                + rules(BOTH) + "</location>");

        assertEquals(List.of(), found());
    }

    @Test
    void lastPatternOfOctober2022StopsWhatEarlierOnesLetThrough() {
        server(MODULE, "").file(SITE_ROOT, rules(rule("PowerShell - inbound", "stopProcessing='true'",
                "{UrlDecode:{REQUEST_URI}}", "(?=.*autodiscover)(?=.*powershell)", "AbortRequest")));
        assertInForce("CVE-2022-41040");
        for (String earlier : List.of(".*autodiscover\\.json.*\\@.*Powershell.*", ".*autodiscover\\.json.*Powershell.*",
                "(?=.*autodiscover\\.json)(?=.*powershell)")) {
            files.clear();
            server(MODULE, "").file(SITE_ROOT, rules(rule("EEMS M1.1 PowerShell - inbound", "", "{REQUEST_URI}", earlier,
                    "AbortRequest")));
            assertInVain("only a part");
        }
    }

    @Test
    void poolsThatDoNotStartCountForWhatTheyServe() {
        server(MODULE, "<system.applicationHost><applicationPools><add name='MSExchangeECPAppPool' autoStart='false'/>"
                + "<add name='MSExchangeOABAppPool' autoStart='true'/></applicationPools></system.applicationHost>");

        assertInForce("CVE-2021-27065");
    }

    @Test
    void extendedProtectionIsToldAndWhetherAllFoldersHaveIt() {
        String folder = "<location path='Default Web Site/%s'><system.webServer><security><authentication>"
                + "<windowsAuthentication><extendedProtection tokenChecking='%s'/></windowsAuthentication></authentication>"
                + "</security></system.webServer></location>";
        server(MODULE, String.format(folder, "EWS", "Require") + String.format(folder, "OAB", "None"));

        assertInVain("1 of 2 folders");
    }

    @Test
    void everydayRedirectIsNotTakenForAMitigation() {
        server(MODULE, "").file(SITE_ROOT, rules("<rule name='all'><match url='.*'/><action type='Rewrite' url='x'/></rule>"));

        assertEquals(List.of(), found());
    }

    @Test
    void patternMadeToRunForeverIsGivenUp() {
        server(MODULE, "").file(SITE_ROOT, rules(rule("slow", "", "{HTTP_COOKIE}", "(([a-zA-Z=;/?~ :-]+)+)+[0]$",
                "AbortRequest") + rule("nested", "", "{HTTP_COOKIE}", "(".repeat(900) + ")".repeat(900), "None")));

        assertTimeoutPreemptively(Duration.ofSeconds(30), this::found);
    }

    @Test
    void mitigationCountsOnlyWhereAHoleIsOpen() {
        server(MODULE, "").file(SITE_ROOT, rules(BOTH));

        assertEquals(Optional.of(true), posture("15.1.2176.2").mitigated());
        assertEquals(Optional.of(false), posture("15.1.2176.9").mitigated());
        assertTrue(posture("15.1.2176.2").closed(SSRF, WRITTEN.plusSeconds(60)));
        assertTrue(!posture("15.1.2176.2").closed(SSRF, WRITTEN.minusSeconds(60)));
        assertTrue(posture("15.1.2176.2").exposed().orElseThrow().why().contains("was kept out of reach"));
        files.clear();
        assertEquals(Optional.empty(), posture("15.1.2176.2").mitigated());
        server(MODULE, "");
        assertEquals(Optional.of(false), posture("15.1.2176.2").mitigated());
    }

    private Posture posture(String build) {
        Instant start = Instant.parse("2021-03-02T00:00:00Z");
        return new PostureReader(BuildTable.bundled(), MitigationTable.bundled()).read(new PostureReader.Facts(
                List.of(new Sighting(Kind.RECORD, build, Optional.of(start), Place.ofLine("a", 1))), files,
                Optional.of(start), Optional.of(Instant.parse("2021-03-09T00:00:00Z"))));
    }
}
