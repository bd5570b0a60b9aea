package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which events a logsource means, and what Sigma's fields are called in them. */
class LogsourceTest {
    private static final String SYSMON = "Microsoft-Windows-Sysmon/Operational";

    @Test
    void processCreationOfWindowsItselfHasItsOwnNames() throws RuleException {
        RuleSet rules = rule("category: process_creation", "Image|endswith: '\\x.exe'", "ParentImage|endswith: '\\p.exe'",
                "IntegrityLevel: [High, System]", "User|contains: ann");

        assertTrue(SigmaRules.hits(rules, event("Security", 4688, "NewProcessName", "C:\\x.exe", "ParentProcessName",
                "C:\\p.exe", "MandatoryLabel", "S-1-16-12288", "SubjectDomainName", "CORP", "SubjectUserName", "ann")));
        assertTrue(SigmaRules.hits(rules, event(SYSMON, 1, "Image", "C:\\x.exe", "ParentImage", "C:\\p.exe",
                "IntegrityLevel", "High", "User", "CORP\\ann")));
        assertFalse(SigmaRules.hits(rules, event(SYSMON, 5, "Image", "C:\\x.exe", "ParentImage", "C:\\p.exe",
                "IntegrityLevel", "High", "User", "CORP\\ann")));
    }

    @Test
    void fieldThatAnEventLacksMayStandWhereItMakesNoDifference() throws RuleException {
        RuleSet rules = SigmaRules.load("""
                title: t
                logsource: {category: process_creation, product: windows}
                detection:
                  sel:
                    - Image|endswith: '\\x.exe'
                    - OriginalFileName: X.EXE
                  filter:
                    ParentImage|endswith: '\\p.exe'
                    ParentCommandLine|contains: ' -ok'
                  condition: sel and not filter
                """);

        assertTrue(SigmaRules.hits(rules, event("Security", 4688, "NewProcessName", "C:\\x.exe", "ParentProcessName",
                "C:\\other.exe")));
        assertFalse(SigmaRules.hits(rules, event("Security", 4688, "NewProcessName", "C:\\x.exe", "ParentProcessName",
                "C:\\p.exe")), "the command line of the parent is not known: it may be the one that is left out");
        assertFalse(SigmaRules.hits(rules, event("Security", 4688, "NewProcessName", "C:\\y.exe")));
        assertTrue(SigmaRules.hits(rules, event(SYSMON, 1, "Image", "C:\\x.exe", "ParentImage", "C:\\p.exe",
                "ParentCommandLine", "p.exe -bad")));
    }

    @Test
    void ruleThatNeedsAFieldIsRunWhereItIsThere() throws RuleException {
        RuleSet rules = rule("category: process_creation", "OriginalFileName: X.EXE");

        assertTrue(SigmaRules.hits(rules, event(SYSMON, 1, "OriginalFileName", "x.exe")));
        assertFalse(SigmaRules.hits(rules, event("Security", 4688, "OriginalFileName", "x.exe")));
        assertEquals(List.of(), rules.unrun());
        assertEquals(List.of("t.yml: event-log security 4688 has no field OriginalFileName"), rules.partly());
    }

    @Test
    void ruleOfOursIsRunThoughAFieldIsNotThere() throws RuleException {
        RuleSet rules = SigmaRules.load("""
                title: t
                logsource: {category: process_creation, product: windows}
                detection:
                  sel: {Image|endswith: '\\x.exe'}
                  filter: {ParentCommandLine|contains: ok}
                  condition: sel and not filter
                tidemark: {sentence: '{Image} was started.'}
                """);
        EventRecord started = event("Security", 4688, "NewProcessName", "C:\\x.exe");

        assertTrue(SigmaRules.hits(rules, started));
        rules.evaluate(started, match -> assertEquals("C:\\x.exe was started.", match.sentence()));
    }

    @Test
    void registryOfWindowsIsComparedAsSysmonWritesIt() throws RuleException {
        RuleSet rules = rule("category: registry_set", "TargetObject|startswith: HKLM\\Software\\",
                "TargetObject|endswith: '\\Run\\x'", "Details: DWORD (0x00000001)");

        assertTrue(SigmaRules.hits(rules, event("Security", 4657, "ObjectName", "\\REGISTRY\\MACHINE\\SOFTWARE\\Run",
                "ObjectValueName", "x", "NewValueType", "%%1876", "NewValue", "1", "OperationType", "%%1904")));
        assertFalse(SigmaRules.hits(rules, event("Security", 4657, "ObjectName", "\\REGISTRY\\MACHINE\\SOFTWARE\\Run",
                "ObjectValueName", "x", "NewValueType", "%%1876", "NewValue", "1", "OperationType", "%%1906")),
                "a value that is deleted is not set");
        assertTrue(SigmaRules.hits(rules, event(SYSMON, 13, "TargetObject", "HKLM\\SOFTWARE\\Run\\x",
                "Details", "DWORD (0x00000001)")));
    }

    @Test
    void connectionsOfTheFirewallPlatform() throws RuleException {
        RuleSet rules = rule("category: network_connection", "Initiated: 'true'", "DestinationPort: 445",
                "Image|startswith: 'C:\\Users\\'", "Protocol: tcp");

        assertTrue(SigmaRules.hits(rules, event("Security", 5156, "Application",
                "\\device\\harddiskvolume2\\users\\a\\x.exe", "Direction", "%%14593", "DestPort", "445", "Protocol", "6")));
        assertFalse(SigmaRules.hits(rules, event("Security", 5156, "Application",
                "\\device\\harddiskvolume2\\users\\a\\x.exe", "Direction", "%%14592", "DestPort", "445", "Protocol", "6")));
    }

    @Test
    void classicPowerShellIsReadOffItsText() throws RuleException {
        String data = "\tEngineVersion=2.0\r\n\tHostApplication=powershell.exe -version 2\r\n\tHostName=ConsoleHost";
        EventRecord start = event("Windows PowerShell", 400, "Data", "Available", "Data", data);

        assertTrue(SigmaRules.hits(rule("category: ps_classic_start", "HostApplication|contains: -version"), start));
        assertTrue(SigmaRules.hits(rule("category: ps_classic_start", "Data|contains: HostApplication=powershell"), start));
        assertFalse(SigmaRules.hits(rule("category: ps_classic_start", "EngineVersion: 5*"), start));
    }

    @Test
    void defendersNamesMayBeWrittenWithoutTheirSpaces() throws RuleException {
        EventRecord found = event("Microsoft-Windows-Windows Defender/Operational", 1116, "Threat Name", "Chopper",
                "Path", "file:_C:\\x.aspx");

        assertTrue(SigmaRules.hits(rule("service: windefend", "ThreatName: chopper"), found));
        assertTrue(SigmaRules.hits(rule("service: windefend", "Threat Name: chopper"), found));
        assertTrue(SigmaRules.hits(rule("category: antivirus", "Signature: chopper", "Filename|endswith: .aspx"), found));
    }

    @Test
    void crashIsReadByPlaceWhereWindowsNamesNothing() throws RuleException {
        RuleSet rules = rule("service: application", "AppName: w3wp.exe", "ExceptionCode: c0000005");

        assertTrue(SigmaRules.hits(rules, event("Application", 1000, "AppName", "w3wp.exe", "ExceptionCode", "c0000005")));
        assertTrue(SigmaRules.hits(rules, event("Application", 1000, "Data", "w3wp.exe", "Data", "10.0", "Data", "5ea0",
                "Data", "ntdll.dll", "Data", "10.0", "Data", "5ea1", "Data", "c0000005")));
    }

    @Test
    void serviceIsItsChannelsWhateverTheirCase() throws RuleException {
        RuleSet rules = rule("service: msexchange-management", "Data|contains: New-MailboxExportRequest");

        assertTrue(SigmaRules.hits(rules, event("msexchange management", 1, "Data", "New-MailboxExportRequest", "Data", "x")));
        assertFalse(SigmaRules.hits(rules, event("Application", 1, "Data", "New-MailboxExportRequest")));
    }

    @Test
    void logsourceThatNothingFeedsIsCompiledAndAMappingFileGivesItRecords() throws RuleException {
        String rule = "title: t\nlogsource: {service: apache}\ndetection: {k: [exited on signal], condition: k}\n";
        RuleSource file = SigmaRules.file("t.yml", rule);

        assertEquals(Obstacle.Kind.NO_SOURCE, SigmaRules.load(rule).unrun().get(0).obstacles().get(0).kind());
        FieldMap own = FieldMap.bundled().after(List.of(
                SigmaRules.file("own.yml", "logsources:\n  - {service: apache, channels: [Apache]}\n")));
        assertTrue(SigmaRules.hits(RuleSet.load(List.of(file), own), event("Apache", 1, "Data", "Exited on signal 6")));
        assertFalse(SigmaRules.faults("title: t\nlogsource: {service: apache}\ndetection: {a: {F|what: x}, condition: a}\n")
                .isEmpty());
    }

    @Test
    void serviceThatIsNearlyRightIsNamed() throws RuleException {
        assertEquals("no records of product windows, service securety (did you mean 'security'?)",
                rule("service: securety", "EventID: 1").unrun().get(0).obstacles().get(0).text());
    }

    @Test
    void ruleInOtherWordsNeedsAMappingOfThatName() throws RuleException {
        String rule = "title: t\ntaxonomy: ecs\nlogsource: {product: windows, category: image_load}\n"
                + "detection: {a: {dll.path: x.dll}, condition: a}\n";
        FieldMap own = FieldMap.bundled().after(List.of(
                SigmaRules.file("own.yml", "fields: {ecs: {event-log: {dll.path: ImageLoaded}}}\n")));

        assertEquals(Obstacle.Kind.NO_FIELD, SigmaRules.load(rule).unrun().get(0).obstacles().get(0).kind());
        assertTrue(SigmaRules.hits(RuleSet.load(List.of(SigmaRules.file("t.yml", rule)), own),
                event(SYSMON, 7, "ImageLoaded", "x.dll")));
    }

    @Test
    void keysOfOthersAreNotedAndAMisspeltLevelIsAFault() throws RuleException {
        String rule = "title: t\nlogsource: {product: windows}\ndetection: {a: {b: c}, condition: a}\n";

        assertEquals(List.of("rules/t.yml:4: the key 'vendor' is none of Sigma's"),
                SigmaRules.load(rule + "vendor: x\n").notes());
        assertEquals(List.of("rules/t.yml:4: unknown key 'levl' (did you mean 'level'?)"),
                SigmaRules.faults(rule + "levl: high\n"));
    }

    @Test
    void mappingFileThatIsWrongIsRefusedWithItsLine() {
        RuleException e = org.junit.jupiter.api.Assertions.assertThrows(RuleException.class, () -> FieldMap.bundled().after(
                List.of(SigmaRules.file("own.yml", "logsource:\n  - {service: apache}\nfields: {a: {event-log: {b: {c: d}}}}\n"))));

        assertTrue(e.faults().get(0).startsWith("rules/own.yml:1: unknown key 'logsource' (did you mean"));
        assertTrue(e.faults().get(1).startsWith("rules/own.yml:3: expected a column"));
    }

    private static RuleSet rule(String logsource, String... tests) throws RuleException {
        return SigmaRules.load("title: t\nlogsource: {product: windows, " + logsource + "}\ndetection:\n  a:\n"
                + String.join("\n", tests).indent(4) + "  condition: a\n");
    }

    private static EventRecord event(String channel, int id, String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(new String[] {"Channel", channel, "EventID", String.valueOf(id)}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return EventRecord.of(all);
    }
}
