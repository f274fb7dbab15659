namespace Notify.Sandbox.Sources;

/// <summary>One payload for each kind of source that Notify.Admin has: the examples that its mappings are tested with.</summary>
internal static class SourcePayloads
{
    public static IReadOnlyList<SourcePayload> All { get; } =
    [
        Example("alertmanager", "Alertmanager", "alertmanager-firing", ("c6eadffa33fcdf37", "c6ea@"), ("bc97ff14869b13e3", "bc97@")),
        Example("grafana", "Grafana", "grafana-firing", ("c6eadffa33fcdf38", "c6ea@")),
        Example("falcosidekick", "Falcosidekick", "falcosidekick-webhook", ("1c2f1c0a-9b6a-4a52-8a5e-0d7f2a1b3c4d", "1c2f1c0a-@")),
        Example("trivy-operator", "Trivy Operator", "trivy-operator-report", ("web-7d9f", "web-@")),
        Example("dependency-track", "Dependency-Track", "dependency-track-5", ("010ba7f2-ab4a-73b6-a87d-7b9041d17016", "010ba7f2-@")),
        Example("defectdojo", "DefectDojo", "defectdojo-test_added", ("90", "@")) with
        {
            Headers = [("X-DefectDojo-Event", "test_added")],
        },
        Example("github", "GitHub", "github-dependabot_alert", ("\"number\": 20", "\"number\": @"), ("dependabot/20", "dependabot/@")) with
        {
            Headers = [("X-GitHub-Event", "dependabot_alert")],
        },
        Example("sls", "Alibaba Cloud SLS", "sls-firing", ("a2c4e6", "@")),
        Example("eventbridge", "Alibaba Cloud EventBridge", "eventbridge-event", ("ac0d574c-d862-4662-a87b-784e3d77aa01", "ac0d574c-@")),
        Example("uptime-kuma", "Uptime Kuma", "uptime-kuma-down", ("\"id\": 5", "\"id\": @")),
        // Read by the kind's own mapping, and by that of the demo's source.
        new("generic", "JSON",
            """{"id":"@","run":"nightly-@","title":"Backup @ failed","severity":"high","jobs":[{"database":"billing","result":"failed","reason":"No space left."}]}"""),
        new("cloudevents", "CloudEvents",
            """{"specversion":"1.0","id":"@","source":"sandbox","type":"sandbox.finding","data":{"title":"Finding @","severity":"high","asset":"web-01"}}""",
            "application/cloudevents+json"),
        new("slack-webhook", "Slack",
            """{"text":"*Build @* failed","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"*Build @* failed in <https://ci.example.com/@|step 3>"}}]}"""),
        new("dingtalk-robot", "DingTalk",
            """{"msgtype":"markdown","markdown":{"title":"Build @","text":"#### Build @\n> **failed** in [step 3](https://ci.example.com/@)"}}"""),
    ];

    private static SourcePayload Example(string kind, string name, string file, params ReadOnlySpan<(string Old, string New)> news)
    {
        using var stream = typeof(SourcePayloads).Assembly.GetManifestResourceStream($"Payloads/{file}.json")
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        foreach (var (old, with) in news)
        {
            text = text.Replace(old, with, StringComparison.Ordinal);
        }

        return new SourcePayload(kind, name, text);
    }
}
