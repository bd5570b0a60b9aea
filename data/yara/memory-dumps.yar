/* Memory dumps by what is in them. Only the first 4 MiB of a dump are read: its list of modules stands near the front. */

rule dump_of_logon_service
{
    meta:
        title = "Memory Dump Of The Logon Service"
        description = "The list of modules of a memory dump names lsass.exe or the libraries that only the logon service loads."
        severity = "high"
        stage = "post-exploitation"
        outcome = "succeeded"
        technique = "T1003.001"
        sentence = "{Path} is a memory dump of the logon service: its list of modules names it."
        falsepositives = "Support staff that dumps the service by hand"
    strings:
        $program = "\\lsass.exe" nocase wide
        $library = "\\lsasrv.dll" nocase wide
    condition:
        uint32(0) == 0x504D444D and any of them
        and not filepath icontains "\\WER\\" and not filepath icontains "\\CrashDumps"
}
