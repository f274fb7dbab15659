namespace Notify.Admin.Sources;

/// <summary>A tool that posts to a source of one kind: what it is called, how it proves itself, and the lines that make it post. Where in
/// the tool they belong is the text <c>Setup.kind</c>. The README repeats all of it; a test compares.</summary>
/// <param name="Lines">With <see cref="AddressPlace"/>, and <see cref="SecretPlace"/> where the tool has a secret.</param>
/// <param name="Proofs">What the tool can show besides the key in its address; the first is proposed.</param>
public sealed record SourceSetup(string Kind, string Tool, string Lines, params IReadOnlyList<SourceProof> Proofs)
{
    /// <summary>It is read, and there is nothing to paste.</summary>
    public bool IsPolled => Lines.Length == 0;

    public const string AddressPlace = "ADDRESS";
    public const string SecretPlace = "SECRET";

    /// <summary>What GitHub signs in, and what others took over from it.</summary>
    public const string SignatureHeader = "X-Hub-Signature-256";

    private static readonly IReadOnlyList<SourceProof> Any =
        [SourceProof.Key, SourceProof.Bearer, SourceProof.Basic, SourceProof.Query, SourceProof.Hmac];

    private static readonly IReadOnlyList<SourceProof> WithoutSignature =
        [SourceProof.Key, SourceProof.Bearer, SourceProof.Basic, SourceProof.Query];

    private static readonly IReadOnlyList<SourceProof> AddressOnly = [SourceProof.Key, SourceProof.Query];

    /// <summary>In the order in which they are offered.</summary>
    public static readonly IReadOnlyList<SourceSetup> All =
    [
        new("alertmanager", "Alertmanager", """
            receivers:
              - name: notify
                webhook_configs:
                  - url: "ADDRESS"
                    send_resolved: true
            """, WithoutSignature),
        new("grafana", "Grafana", """
            Integration: Webhook
            URL: ADDRESS
            HTTP Method: POST
            """, Any),
        new("falcosidekick", "Falco (Falcosidekick)", """
            webhook:
              address: "ADDRESS"
            """, WithoutSignature),
        new("trivy-operator", "Trivy Operator", """
            OPERATOR_WEBHOOK_BROADCAST_URL=ADDRESS
            """, AddressOnly),
        new("dependency-track", "Dependency-Track", """
            Publisher: Outbound Webhook
            Destination: ADDRESS
            """, WithoutSignature),
        new("defectdojo", "DefectDojo", """
            URL: ADDRESS
            """, WithoutSignature),
        new("github", "GitHub", """
            Payload URL: ADDRESS
            Content type: application/json
            Secret: SECRET
            Events: Code scanning alerts, Dependabot alerts, Secret scanning alerts, Repository vulnerability alerts
            """, SourceProof.Hmac, SourceProof.Key),
        new("sls", "Alibaba Cloud SLS", """
            URL: ADDRESS
            Method: POST
            Content-Type: application/json
            Content template: {{ alert }}
            """, WithoutSignature),
        new("eventbridge", "Alibaba Cloud EventBridge", """
            Target: HTTP
            URL: ADDRESS
            Body: Complete event
            """, WithoutSignature),
        new(SourceKinds.SecurityCenter, "Alibaba Cloud Security Center", "", SourceProof.Key),
        new("uptime-kuma", "Uptime Kuma", """
            Notification Type: Webhook
            Post URL: ADDRESS
            Request Body: Preset - application/json
            """, WithoutSignature),
        new("dingtalk-robot", "DingTalk robot", """
            ADDRESS
            """, SourceProof.Key, SourceProof.Sign),
        new("slack-webhook", "Slack webhook", """
            ADDRESS
            """, SourceProof.Key),
        new("cloudevents", "CloudEvents", """
            curl "ADDRESS" -H "Content-Type: application/cloudevents+json" \
              -d '{"specversion":"1.0","id":"1","source":"my-tool","type":"my-tool.finding","data":{"title":"A first finding","severity":"high"}}'
            """, Any),
        new("generic", "JSON", """
            curl "ADDRESS" -H "Content-Type: application/json" \
              -d '{"id":"1","title":"A first finding","severity":"high","host":"web-01"}'
            """, Any),
    ];

    public static SourceSetup? Find(string kind) => All.FirstOrDefault(setup => setup.Kind == kind);

    /// <summary>What people call a kind.</summary>
    public static string ToolOf(string kind) => Find(kind)?.Tool ?? kind;

    /// <summary>What senders of a kind can show.</summary>
    public static IReadOnlyList<SourceProof> ProofsOf(string kind) => Find(kind)?.Proofs ?? Any;

    /// <summary>The lines with the real address in them.</summary>
    /// <param name="secret">Null: what is set in the tool stays there.</param>
    public string LinesFor(string address, string? secret) => string.Join('\n', Lines.Split('\n')
        .Where(line => secret is not null || !line.Contains(SecretPlace, StringComparison.Ordinal))
        .Select(line => line.Replace(AddressPlace, address, StringComparison.Ordinal)
            .Replace(SecretPlace, secret, StringComparison.Ordinal)));
}
