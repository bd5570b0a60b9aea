/*
    Web shells by what their code does, whatever they are called. Each rule is run on a file as it is and on its code
    made plain (escapes resolved, joined strings put together, Base64 behind it), so one shape finds its disguises.
    A page whose code stands in comments, or was made harmless, still has the shape: it was put there by somebody.

    web_file is Tidemark's own variable: true for a file that the web server serves. Elsewhere: yara -d web_file=true.
*/

private rule page_name
{
    condition:
        extension matches /^\.(aspx|ashx|asmx|asp|ascx|asax|cer|asa|cdx|soap|rem|master|svc|cshtml|axd|php|jsp)$/i
        or filename matches /\.(aspx|ashx|asmx|asp|cer|soap|php)\s*[;:]/i
}

private rule server_code
{
    strings:
        $open = "<%"
        $run = /runat\s{0,8}=\s{0,8}["']?\s{0,4}server/ nocase
        $php = "<?php" nocase
    condition:
        any of them
}

private rule input_of_request
{
    strings:
        $index = /\brequest\s{0,8}[\[(]\s{0,8}["'@$a-z]/ nocase
        $member = /\brequest\s{0,8}\.\s{0,8}(item|form|querystring|params|headers|cookies|servervariables|binaryread|inputstream|files|totalbytes|rawurl|contentlength|useragent|unvalidated)\b/ nocase
        $php = /\$_(GET|POST|REQUEST|COOKIE|SERVER)\b/
    condition:
        any of them
}

private rule input_of_page
{
    strings:
        $box = /<asp:textbox|<input[^>]{0,200}runat|\.\s{0,4}postedfile\b|httppostedfile/ nocase
    condition:
        input_of_request or $box
}

private rule directory_dump
{
    strings:
        $url = /(^|[\r\n])\s{0,20}(Ex|In)ternalUrl\s{0,60}:/ nocase
        $1 = /(^|[\r\n])\s{0,20}(OfflineAddressBooks|PollInterval|MetabasePath|AdminDisplayVersion)\s{0,60}:/ nocase
        $2 = /(^|[\r\n])\s{0,20}(ExternalAuthenticationMethods|InternalAuthenticationMethods|DistinguishedName|ExchangeVersion|WhenChangedUTC|ObjectCategory)\s{0,60}:/ nocase
    condition:
        $url and any of ($1, $2)
}

private rule directory_dump_with_script
{
    strings:
        $script = /(Ex|In)ternalUrl\s{0,60}:[^\r\n]{0,400}(<script|<%|runat|page_load|eval\s{0,4}\(|request\s{0,4}[\[.(]|unsafe|language\s{0,4}=)/ nocase
    condition:
        $script and directory_dump
}

rule virtual_directory_dump_with_script : webshell
{
    meta:
        title = "Web Shell: Virtual Directory Dump With A Script"
        description = "The file is the list of a virtual directory's properties that Exchange writes when the directory is reset, and its URL holds a script: the web shell of CVE-2021-27065."
        severity = "critical"
        stage = "webshell"
        outcome = "succeeded"
        cve = "CVE-2021-27065"
        technique = "T1505.003"
        sentence = "{Path} is a web shell: a virtual directory's properties with a script in its URL, as the reset of CVE-2021-27065 writes them."
        reference = "https://www.microsoft.com/en-us/security/blog/2021/03/02/hafnium-targeting-exchange-servers/"
        falsepositives = "None known"
    condition:
        web_file and directory_dump_with_script
}

rule virtual_directory_dump_as_page : webshell
{
    meta:
        title = "Virtual Directory Dump In A Page"
        description = "A page in a web folder is the list of a virtual directory's properties: somebody had the directory reset to this file. The script may have been taken out since."
        severity = "critical"
        stage = "webshell"
        outcome = "succeeded"
        cve = "CVE-2021-27065"
        technique = "T1505.003"
        sentence = "{Path} was written by a reset of a virtual directory: no page of a product looks like it."
        reference = "https://www.microsoft.com/en-us/security/blog/2021/03/02/hafnium-targeting-exchange-servers/"
        falsepositives = "None known"
    condition:
        web_file and page_name and directory_dump and not directory_dump_with_script
}

rule virtual_directory_dump_with_script_elsewhere
{
    meta:
        title = "Virtual Directory Dump With A Script, Outside Of The Web Folders"
        description = "The properties of a virtual directory were written to a file while its URL held a script: the directory had been changed by an intruder, or this is a copy of a web shell."
        severity = "high"
        stage = "exploit"
        outcome = "unknown"
        cve = "CVE-2021-27065"
        technique = "T1505.003"
        sentence = "{Path} holds a virtual directory's properties with a script in its URL: a copy of a web shell, or a dump of a directory that an intruder had changed."
        falsepositives = "Notes and samples of those who look into an intrusion"
    condition:
        not web_file and directory_dump_with_script
}

rule mailbox_export_as_page : webshell
{
    meta:
        title = "Web Shell: Mailbox Export In A Page"
        description = "A page begins like an Outlook data file: a mailbox was exported to it, with a draft that holds a script. This is how the web shells of ProxyShell are written."
        severity = "critical"
        stage = "webshell"
        outcome = "succeeded"
        cve = "CVE-2021-34473, CVE-2021-34523, CVE-2021-31207"
        technique = "T1505.003"
        sentence = "{Path} is a mailbox export (it begins with !BDN) under the name of a page, as ProxyShell writes its web shells."
        reference = "https://www.cisa.gov/news-events/alerts/2021/08/21/urgent-protect-against-active-exploitation-proxyshell-vulnerabilities"
        falsepositives = "None known"
    strings:
        $code = /<%|runat\s{0,4}=\s{0,4}["']?server/ nocase
        $asks = /request\s{0,4}[\[.(]|page\s{1,4}language|eval\s{0,4}\(/ nocase
    condition:
        uint32be(0) == 0x2142444E and (web_file and page_name or $code and $asks and (web_file or page_name))
}

rule certificate_request_as_page : webshell
{
    meta:
        title = "Web Shell: Certificate Request In A Page"
        description = "A page is a request for a certificate, or holds one with a script in it: New-ExchangeCertificate was made to write it, as some intruders did with ProxyShell."
        severity = "critical"
        stage = "webshell"
        outcome = "succeeded"
        cve = "CVE-2021-34473"
        technique = "T1505.003"
        sentence = "{Path} is a certificate request under the name of a page: a cmdlet of Exchange was made to write a web shell."
        falsepositives = "None known"
    strings:
        $request = /-----BEGIN (NEW )?CERTIFICATE REQUEST-----/
        $code = /<%|<script|runat\s{0,4}=/ nocase
    condition:
        $request and (web_file and extension matches /^\.(aspx|ashx|asmx|asp|ascx|soap)$/i or web_file and $code)
}

rule evaluates_input : webshell
{
    meta:
        title = "Web Shell: Evaluates What It Is Sent"
        description = "The page hands text from the request to eval, Execute or the like: whoever calls it runs code on the server (China Chopper and its kin)."
        severity = "critical"
        stage = "webshell"
        outcome = "succeeded"
        technique = "T1505.003"
        sentence = "{Path} is a web shell: it runs the code that it is sent."
        reference = "https://www.cisa.gov/news-events/cybersecurity-advisories/aa21-062a"
        falsepositives = "None known"
    strings:
        $eval = /\b(eval|execute|executeglobal|executestatement)\s{0,8}[( ]\s{0,8}[^;<>]{0,240}\brequest\s{0,8}([\[(]|\.\s{0,8}(item|form|querystring|params|headers|cookies|servervariables|binaryread|inputstream|files)\b)/ nocase
        $unsafe = /\beval\s{0,8}\([^;]{0,400}["']?\bunsafe\b/ nocase
        $php = /\b(eval|assert|system|passthru|shell_exec|exec)\s{0,8}\(\s{0,8}[^;]{0,120}\$_(GET|POST|REQUEST|COOKIE|SERVER)\b/ nocase
        $variable = /\beval\s{0,8}\(\s{0,8}[a-z_]\w{0,40}\s{0,8}(,|\))/ nocase
        $jscript = /language\s{0,4}=\s{0,4}["']?\s{0,4}jscript/ nocase
    condition:
        server_code and (web_file or page_name)
        and ($eval or $unsafe or $php or $variable and $jscript and input_of_request)
}

rule runs_programs : webshell
{
    meta:
        title = "Web Shell: Runs Programs"
        description = "The page starts a program with what comes from the request or from a box on the page."
        severity = "critical"
        stage = "webshell"
        outcome = "succeeded"
        technique = "T1505.003"
        sentence = "{Path} is a web shell: it runs programs on the server."
        falsepositives = "A tool of the administrators that lies in a web folder"
    strings:
        $start = /\bprocess\s{0,8}\.\s{0,8}start\s{0,8}\(|\bprocessstartinfo\b|\bnew\s{1,8}(system\s{0,4}\.\s{0,4}diagnostics\s{0,4}\.\s{0,4})?process\s{0,8}\(/ nocase
        $script = /wscript\s{0,4}\.\s{0,4}shell|shell\s{0,4}\.\s{0,4}application|\bwmi_?process|win32_process|clsid:(72C24DD5-D70A|13709620-C279)/ nocase
        $native = /dllimport\s{0,4}\(\s{0,4}["'](kernel32|advapi32|shell32)[^)]{0,80}\)[^;]{0,200}(createprocess|winexec|shellexecute|virtualalloc|createthread)/ nocase
        $powershell = /\brunspacefactory\b|\bpowershell\s{0,4}\.\s{0,4}create\s{0,4}\(/ nocase
    condition:
        server_code and (web_file or page_name) and any of them and input_of_page
}

rule loads_code : webshell
{
    meta:
        title = "Web Shell: Loads Code That It Is Sent"
        description = "The page loads a program from bytes that were sent, deciphered or spelled in it (Behinder, Godzilla and their kin), compiles source that it is sent, or reads objects from the request."
        severity = "critical"
        stage = "webshell"
        outcome = "succeeded"
        technique = "T1505.003, T1620"
        sentence = "{Path} is a web shell: it loads code from what it is sent or from a text in it."
        falsepositives = "None known"
    strings:
        $load = /\bassembly\s{0,8}\.\s{0,8}load\s{0,8}\(|["']load["']\s{0,8}[,)]|\bappdomain\b[^;]{0,80}\.\s{0,4}load\s{0,4}\(|\bdefinedynamicassembly\b|\bload\s{0,8}\(\s{0,8}[^;]{0,60}frombase64string/ nocase
        $bytes = /frombase64string|transformfinalblock|createdecryptor|rijndaelmanaged|\baes\w{0,12}|binaryread|\binputstream\b|\bbyte\s{0,4}\[\s{0,4}\]|gzipstream|deflatestream/ nocase
        $compile = /\b(csharpcodeprovider|vbcodeprovider|jscriptcodeprovider|compileassemblyfromsource|createcompiler|vsaengine)\b/ nocase
        $objects = /\b(losformatter|objectstateformatter|binaryformatter|netdatacontractserializer|soapformatter)\b[^;]{0,120}\bdeserialize\b|\bactivitysurrogate/ nocase
        $transform = /\bxslcompiledtransform\b|\bxsltransform\b/ nocase
        $trusted = /msxsl:script|trustedxslt|xsltsettings\s{0,4}\(\s{0,4}true/ nocase
        $cipher = /\b(rijndaelmanaged|aesmanaged|aescryptoserviceprovider|createdecryptor|transformfinalblock)\b/ nocase
        $instance = /\bcreateinstance\s{0,8}\(\s{0,8}["']?\w{0,40}["']?\s{0,8}\)\s{0,8}\.\s{0,8}equals\b|\bcreateinstance\s{0,8}\(\s{0,8}["'](ly|u|payload|run)["']/ nocase
        $text = /frombase64string\s{0,4}\(/ nocase
    condition:
        server_code and (web_file or page_name) and (
            $load and $bytes and (input_of_request or $text)
            or $compile and input_of_page
            or $objects and input_of_request
            or $transform and $trusted and input_of_request
            or $cipher and $instance)
}

rule writes_files : webshell
{
    meta:
        title = "Web Shell: Writes Files That It Is Sent"
        description = "A page in a folder of Exchange, or in the empty folder of ASP.NET, writes to a file what the request holds: a loader for further pages."
        severity = "critical"
        stage = "webshell"
        outcome = "succeeded"
        technique = "T1505.003, T1105"
        sentence = "{Path} is a web shell: it writes what it is sent to files."
        reference = "https://www.volexity.com/blog/2021/03/02/active-exploitation-of-microsoft-exchange-zero-day-vulnerabilities/"
        falsepositives = "A page for uploads that a product put among Exchange's own"
    strings:
        $write = /\b(writealltext|writeallbytes|appendalltext|createtextfile|opentextfile|savetofile|writealllines|downloadfile)\s{0,8}\(/ nocase
        $stream = /\bnew\s{1,8}(system\s{0,4}\.\s{0,4}io\s{0,4}\.\s{0,4})?(streamwriter|filestream)\s{0,8}\(|scripting\s{0,4}\.\s{0,4}filesystemobject|adodb\s{0,4}\.\s{0,4}stream/ nocase
        $save = /\.\s{0,4}save_?as\s{0,8}\(/ nocase
        $page = "<%@"
    condition:
        server_code and web_file and (page_name or $page) and any of ($write, $stream, $save) and input_of_page
        and filepath matches /\\(aspnet_client|httpproxy|clientaccess)(\\|$)/i
        and not filepath matches /\\clientaccess\\ecp(\\|$)/i
}

rule tunnel : webshell
{
    meta:
        title = "Web Shell: Tunnel Into The Network"
        description = "The page passes connections on into the network behind the server (reGeorg and its kin)."
        severity = "critical"
        stage = "webshell"
        outcome = "succeeded"
        technique = "T1505.003, T1090"
        sentence = "{Path} is a web shell: it passes connections on into the network."
        falsepositives = "None known"
    strings:
        $1 = /["']x-(cmd|status|target|port|error|forward)["']/ nocase
        $2 = /headers\s{0,4}(\.\s{0,4}get\s{0,4}\(|\[)\s{0,4}["']x-(cmd|target|port|forward)["']/ nocase
        $3 = /strtr\s{0,4}\(\s{0,4}request\s{0,4}\.\s{0,4}headers/ nocase
        $socket = /\b(net\s{0,4}\.\s{0,4}sockets|new\s{1,4}socket|tcpclient)\b/ nocase
    condition:
        server_code and (web_file or page_name) and (any of ($2, $3) or #1 >= 2 or $1 and $socket and input_of_request)
}

rule hidden_code : webshell
{
    meta:
        title = "Page With Its Code Disguised"
        description = "The page spells plain letters of its code as escapes, numbers or pieces, which nobody who writes a page does but to hide it."
        severity = "critical"
        stage = "webshell"
        outcome = "succeeded"
        technique = "T1505.003, T1027"
        sentence = "{Path} hides its code: it spells plain letters as escapes or numbers."
        falsepositives = "None known"
    strings:
        $escape = /\\[uU](0000)?00[4-7][0-9a-fA-F]/
        $number = /\b(chrw?|tochar)\s{0,4}\(\s{0,4}(&h)?\d{2,3}\s{0,4}\)|\(char\)\s{0,4}\(?\s{0,4}\d{2,3}/ nocase
        $doing = /\b(eval|execute|executeglobal|invoke|invokemember|getmethod|gettype|createinstance|createobject)\s{0,4}[(. ]/ nocase
    condition:
        server_code and web_file and page_name and filesize < 2MB
        and (#escape >= 12 or #number >= 12 and $doing)
}

rule shell_in_image : webshell
{
    meta:
        title = "Web Shell In An Image"
        description = "The file begins like an image and holds code for the web server."
        severity = "critical"
        stage = "webshell"
        outcome = "succeeded"
        technique = "T1505.003, T1036"
        sentence = "{Path} begins like an image and holds code for the web server."
        falsepositives = "None known"
    strings:
        $code = /<%@\s{0,4}(page|webhandler|webservice|language|import)|<script[^>]{0,80}runat\s{0,4}=|<%\s{0,4}(eval|execute|response|set|dim|if|=)|<\?php/ nocase
        $open = "<%"
    condition:
        (uint32be(0) == 0x47494638 or uint32be(0) == 0x89504E47 or uint16be(0) == 0xFFD8 or uint16be(0) == 0x424D)
        and (web_file or page_name) and ($code or page_name and $open)
}

rule known_shell : webshell
{
    meta:
        title = "Web Shell Known By Its Words"
        description = "The page holds words of a web shell that was published: SIMPLESEESHARP, SPORTSBALL, ASPXSpy and the like."
        severity = "critical"
        stage = "webshell"
        outcome = "succeeded"
        technique = "T1505.003"
        sentence = "{Path} holds the words of a web shell that is known."
        reference = "https://www.volexity.com/blog/2021/03/02/active-exploitation-of-microsoft-exchange-zero-day-vulnerabilities/"
        falsepositives = "None known"
    strings:
        $simpleseesharp = /httppostedfile\s{1,4}\w{1,20}\s{0,4}=\s{0,4}request\.files\[0\]\s{0,4};\s{0,4}\w{1,20}\.saveas\s{0,4}\(/ nocase
        $sportsball = /new\s{1,4}httpcookie\s{0,4}\(\s{0,4}["']fqrspt|name\s{0,4}=\s{0,4}["']fqrspt/ nocase
        $aspxspy = /\baspxspy\b|\bbin_(button|table|title|style)_\w{2,20}/ nocase
        $chopper = /&\s{0,4}echo\s{1,4}\[S\]\s{0,4}&\s{0,4}cd\s{0,4}&\s{0,4}echo\s{1,4}\[E\]/ nocase
        $tools = /\b(godzilla|behinder|rebeyond|antsword|chinachopper|laudanum|wso ?shell|b374k|r57shell|c99shell|insomniashell|neo-?regeorg)\b/ nocase
    condition:
        web_file and page_name and server_code and any of them
}

rule logon_page_steals_passwords : webshell
{
    meta:
        title = "Logon Page That Keeps Or Sends Passwords"
        description = "A page in the folder of the logon page takes the password of who signs in and writes or sends it: a page of the product was changed, or one was added."
        severity = "critical"
        stage = "collection"
        outcome = "succeeded"
        technique = "T1556, T1056.003"
        sentence = "{Path} takes the passwords of those who sign in and writes or sends them."
        falsepositives = "None known"
    strings:
        $password = /request[^;]{0,40}["'](password|passwd|passwordtext)["']|getelementbyid\s{0,4}\(\s{0,4}["'](password|passwd)["']\s{0,4}\)\s{0,4}\.\s{0,4}value/ nocase
        $keep = /\b(writealltext|appendalltext|appendalllines|createtextfile|opentextfile)\s{0,4}\(|new\s{1,4}(system\.io\.)?(streamwriter|filestream)\s{0,4}\(/ nocase
        $send = /\b(uploadstring|uploaddata|uploadvalues|downloadstring)\s{0,4}\(|new\s{1,4}image\s{0,4}\(\s{0,4}\)\s{0,4}\.\s{0,4}src\s{0,4}=\s{0,4}["']https?:|smtpclient|\.open\s{0,4}\(\s{0,4}["'](get|post)["']\s{0,4},\s{0,4}["']https?:\/\// nocase
    condition:
        web_file and page_name and $password and ($keep or $send)
        and filepath matches /\\(owa|ecp)\\auth(\\|$)/i
}

rule page_elsewhere : webshell
{
    meta:
        title = "Code Of A Web Shell Outside Of The Web Folders"
        description = "A page that does not lie in a folder of Exchange's web sites has the code of a web shell: another site may serve it, or it waits to be copied."
        severity = "high"
        stage = "webshell"
        outcome = "unknown"
        technique = "T1505.003"
        sentence = "{Path} has the code of a web shell, though it does not lie in a known web folder."
        falsepositives = "Samples of those who look into intrusions"
    condition:
        not web_file and page_name and (evaluates_input or runs_programs or loads_code or tunnel)
}
