namespace Notify.Admin.E2ETests;

/// <summary>What may stand in Latin letters on a Chinese page.</summary>
internal static class ForeignWords
{
    public static readonly string[] Allowed =
    [
        // Products, and what they call their parts.
        "Notify.Admin", "Notify", "Slack", "DingTalk", "Kayran", "CYTRIX", "Socket Mode", "Basic Information", "App-Level Tokens",
            "Interactivity & Shortcuts", "Interactivity", "Webhook", "webhook", "Webshell", "Token", "token", "access token",
            "AccessKey",
        "AccessKeyId", "OAuth & Permissions", "Your App Configuration Tokens", "App", "Bot", "Fn", "SEC", "xoxb", "UpdateSlack",
            "slackNotify", "@here", "@channel",
            "Alertmanager", "Prometheus", "Grafana", "Falco", "Falcosidekick", "Trivy Operator", "Kubernetes",
            "Dependency-Track", "DefectDojo", "GitHub", "Dependabot", "Alibaba Cloud SLS", "SLS", "EventBridge",
            "Alibaba Cloud EventBridge", "Uptime Kuma", "DingTalk robot", "Slack webhook",
        "slackCompleteAborted", "Slack Web API", "Web", "Web-CMS", "Windows", "Chrome, Linux", "Chrome", "Linux", "DataProtection",
            "PostgreSQL",

        // A file's name, and a word of it.
        "notify.yaml", "keep",

        // What Alibaba Cloud calls the parts of its keys.
        "AccessKey Secret", "Secret", "RAM", "STS", "AliyunYundunSASReadOnlyAccess", "AliyunYundunSASFullAccess",

        // Standards and abbreviations.
        "API", "JSON Lines", "JSON", "YAML", "CSV", "HTTP", "HTTPS", "ID", "IP", "PIN", "URL", "UTC", "CloudEvents", "curl", "SHA", "KB",
            "RFC", "syslog", "Bearer", "Basic", "HMAC", "Authorization",
            "MB", "MiB", "CertificatePath",

        // Keys of a keyboard.
        "Ctrl", "Enter", "Esc", "Tab", "Shift", "Mac",

        // The name of the other language, and what this person may see in it.
        "English",

        // Stored field names that have no words of their own.
        "role",

        // Names that these tests and the sandbox gave, and what vendors posted.
        "Integration C0ALERTS01", "Integration C0SECOPS01", "Sandbox", "SecOps on call", "sec-ops", "Create report", "Alice Nguyen",
            "Carla Rossi",
        "Production", "Wang Wei", "Set-up", "tests", "test", "notify", "Admin", "oken", "gned", "Mining program started", "sources",

        // The example event of the preview, in the language in which vendors post.
        "Webshell found in", "security-center", "example-suspicious", "D-EXAMPLE", "The file was written by nginx at",
        "and matches a known webshell family",
    ];
}
