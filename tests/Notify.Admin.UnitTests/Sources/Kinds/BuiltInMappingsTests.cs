using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.Channels;
using Notify.Admin.Sources;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Sources.Kinds;

/// <summary>Each kind with what its tool sends.</summary>
public sealed class BuiltInMappingsTests
{
    [Theory]
    [InlineData("alertmanager", "alertmanager-firing", null, "alertmanager.alert", EventState.Open, Severity.Critical,
        "Disk of db-1 is 97 % full", "db-1:9100", "http://prometheus.example.net:9090/graph?g0.expr=disk",
        "c6eadffa33fcdf37@2026-11-28T09:51:03.157076123Z")]
    [InlineData("grafana", "grafana-firing", null, "grafana.alert", EventState.Open, Severity.High,
        "web-3 uses 93 % of its memory", "web-3", "https://grafana.example.net/d/shop?viewPanel=2",
        "c6eadffa33fcdf38@2026-11-28T09:51:03.157076+02:00")]
    [InlineData("falcosidekick", "falcosidekick-webhook", null, "falco.alert", EventState.None, Severity.Low,
        "Terminal shell in container", "shop/web-7d9f", null, "1c2f1c0a-9b6a-4a52-8a5e-0d7f2a1b3c4d")]
    [InlineData("falcosidekick", "falcosidekick-cloudevent", null, "falco.alert", EventState.None, Severity.Low,
        "Terminal shell in container", "shop/web-7d9f", null, "1c2f1c0a-9b6a-4a52-8a5e-0d7f2a1b3c4d")]
    [InlineData("trivy-operator", "trivy-operator-report", null, "trivy.vulnerabilities", EventState.Open, Severity.Critical,
        "library/nginx:1.16: 2 critical, 5 high", "shop/ReplicaSet/web-7d9f", "https://avd.aquasec.com/nvd/cve-2019-20367",
        "shop/replicaset-web-7d9f-web")]
    [InlineData("dependency-track", "dependency-track-4", null, "dependency-track.NEW_VULNERABILITY", EventState.Open, Severity.High,
        "CVE-2021-37701 in tar 4.4.1", "tar", null, "94f87321-a5d1-4c2f-b2fe-95165debebc6/bccec5d5-ec21-4958-b3e8-22a7a866a05a")]
    [InlineData("dependency-track", "dependency-track-5", null, "dependency-track.BOM_PROCESSING_FAILED", EventState.None, Severity.High,
        "Bill of Materials Processing Failed", "shop-web 1.0.0", null, "010ba7f2-ab4a-73b6-a87d-7b9041d17016")]
    [InlineData("defectdojo", "defectdojo-test_added", "test_added", "defectdojo.test_added", EventState.None, Severity.NotStated,
        "test_added: ZAP", "Shop", "http://dojo.example.net/test/90", "test_added/test/90")]
    [InlineData("github", "github-code_scanning_alert", "code_scanning_alert", "github.code_scanning_alert", EventState.Open, Severity.High,
        "Query built from user-controlled sources", "acme/shop", "https://github.com/acme/shop/security/code-scanning/10",
        "acme/shop/code_scanning_alert/10")]
    [InlineData("github", "github-dependabot_alert", "dependabot_alert", "github.dependabot_alert", EventState.Open, Severity.Medium,
        "semver: Regular expression takes for ever", "acme/shop", "https://github.com/acme/shop/security/dependabot/20",
        "acme/shop/dependabot_alert/20")]
    [InlineData("github", "github-dependabot_alert-fixed", "dependabot_alert", "github.dependabot_alert", EventState.Resolved,
        Severity.Medium,
        "semver: Regular expression takes for ever", "acme/shop", "https://github.com/acme/shop/security/dependabot/20",
        "acme/shop/dependabot_alert/20")]
    [InlineData("github", "github-secret_scanning_alert", "secret_scanning_alert", "github.secret_scanning_alert", EventState.Open,
        Severity.High,
        "Secret exposed: Adafruit IO Key", "acme/shop", "https://github.com/acme/shop/security/secret-scanning/191",
        "acme/shop/secret_scanning_alert/191")]
    [InlineData("github", "github-repository_vulnerability_alert", "repository_vulnerability_alert",
        "github.repository_vulnerability_alert",
        EventState.Open, Severity.Medium, "rack: CVE-2018-16470", "acme/shop", "https://nvd.nist.gov/vuln/detail/CVE-2018-16470",
        "acme/shop/repository_vulnerability_alert/2")]
    [InlineData("github", "github-ping", "ping", "github.ping", EventState.None, Severity.Informative,
        "GitHub says hello: Design for failure.", "acme/shop", "https://github.com/acme/shop", "72d3162e-cc78-11e3-81ab-4c9367dc0958")]
    [InlineData("sls", "sls-firing", null, "sls.alert", EventState.Open, Severity.High,
        "Too many failed logins", "shop", "https://sls.console.aliyun.com/lognext/project/shop-logs/alert/alert-1616744734-1234",
        "shop-logs/alert-1616744734-1234/a2c4e6")]
    [InlineData("eventbridge", "eventbridge-event", null, "ecs:CloudMonitor:Instance:SystemFailure.Reboot", EventState.None,
        Severity.Critical,
        "Instance:SystemFailure.Reboot", "shop-1", null, "acs.ecs/ac0d574c-d862-4662-a87b-784e3d77aa01")]
    [InlineData("uptime-kuma", "uptime-kuma-down", null, "uptime-kuma.heartbeat", EventState.Open, Severity.Critical,
        "[Shop] [🔴 Down] connect ECONNREFUSED 10.0.0.7:443", "Shop", "https://shop.example.net/", "monitor/5")]
    [InlineData("uptime-kuma", "uptime-kuma-up", null, "uptime-kuma.heartbeat", EventState.Resolved, Severity.Informative,
        "[Shop] [✅ Up] 200 - OK", "Shop", "https://shop.example.net/", "monitor/5")]
    [InlineData("generic", "generic-alert", null, "generic.event", EventState.Open, Severity.High,
        "Backup failed", "nas-1", "https://nas.example.net/jobs/42", "42")]
    public void Map_WhatTheToolSends_BecomesItsEvent(string kind, string payload, string? header, string type, EventState state,
        Severity severity, string title, string? asset, string? link, string identity)
    {
        var mapped = Map(kind, payload, header);

        mapped.Problems.ShouldBeEmpty();
        var first = mapped.Events[0];
        first.Kind.ShouldBe(type);
        first.State.ShouldBe(state);
        first.Severity.ShouldBe(severity);
        first.Title.ShouldBe(title);
        first.Asset.ShouldBe(asset);
        first.Link.ShouldBe(link);
        first.Identity.ShouldBe(identity);
        first.Labels.Count.ShouldBeLessThanOrEqualTo(MappingLimits.Labels);
    }

    [Theory]
    [InlineData("alertmanager", "alertmanager-firing", "alertmanager-resolved", null)]
    [InlineData("github", "github-dependabot_alert", "github-dependabot_alert-fixed", "dependabot_alert")]
    [InlineData("uptime-kuma", "uptime-kuma-down", "uptime-kuma-up", null)]
    public void Map_Resolved_IsTheSameProblemAndAnotherEvent(string kind, string open, string resolved, string? header)
    {
        var opened = Map(kind, open, header).Events[0];
        var ended = Map(kind, resolved, header).Events[0];

        ended.Identity.ShouldBe(opened.Identity);
        ended.Id.ShouldNotBe(opened.Id);
        ended.State.ShouldBe(EventState.Resolved);
    }

    [Fact]
    public void Map_SentAgain_IsTheSameEvent()
    {
        foreach (var (kind, name, header) in All())
        {
            Map(kind, name, header).Events.Select(e => e.Id).ShouldBe(Map(kind, name, header).Events.Select(e => e.Id), name);
        }
    }

    [Fact]
    public void Map_Alertmanager_KeepsLabelsAndAnnotations_AndFallsBackToTheAlertsName()
    {
        var mapped = Map("alertmanager", "alertmanager-firing", null);

        mapped.Events.Count.ShouldBe(2);
        mapped.Events[0].Labels["alertname"].ShouldBe("DiskFull");
        mapped.Events[0].Labels["annotation.description"].ShouldBe("Less than 3 % of /var is left.");
        mapped.Events[0].Text.ShouldBe("Less than 3 % of /var is left.");
        mapped.Events[0].Time.ShouldBe(DateTimeOffset.Parse("2026-11-28T09:51:03.1570761Z", null));
        mapped.Events[1].Title.ShouldBe("DiskFull: db-2:9100");
        mapped.Events[1].Severity.ShouldBe(Severity.Medium);
        mapped.Events[1].Link.ShouldBe("http://alertmanager.example.net:9093/");
        Map("alertmanager", "alertmanager-resolved",
            null).Events[0].Time.ShouldBe(DateTimeOffset.Parse("2026-11-28T10:21:03.1570761Z", null));
    }

    [Fact]
    public void Map_DefectDojoScan_IsAnEventForEachFindingThatChanged()
    {
        var mapped = Map("defectdojo", "defectdojo-scan_added", "scan_added");

        mapped.Problems.ShouldBeEmpty();
        mapped.Events.Select(e => (e.Identity, e.State, e.Severity, e.Asset)).ShouldBe(
        [
            ("finding/232", EventState.Open, Severity.Critical, "Shop"),
            ("finding/234", EventState.Open, Severity.Low, "Shop"),
            ("finding/233", EventState.Resolved, Severity.Medium, "Shop"),
        ]);
    }

    [Fact]
    public void Map_TrivyDeletion_IsLeftOut()
    {
        var mapped = Map("trivy-operator", "trivy-operator-deleted", null);

        mapped.Problems.ShouldBeEmpty();
        mapped.Events.ShouldBeEmpty();
        mapped.Dropped.ShouldBe(1);
    }

    [Fact]
    public void Map_TrivyReportWithoutFindings_IsTheEndOfWhatItHad()
    {
        var clean = JsonNode.Parse(Payload("trivy-operator-report"))!;
        foreach (var count in new[] { "criticalCount", "highCount", "mediumCount", "lowCount" })
        {
            clean["report"]!["summary"]![count] = 0;
        }

        using var document = JsonDocument.Parse(clean.ToJsonString());
        var ended = MappingRun.Apply(BuiltInMappings.Of("trivy-operator"), document.RootElement, _ => null).Events.ShouldHaveSingleItem();

        (ended.State, ended.Severity).ShouldBe((EventState.Resolved, Severity.Informative));
        ended.Identity.ShouldBe(Map("trivy-operator", "trivy-operator-report", null).Events[0].Identity);
    }

    [Fact]
    public void Map_UptimeKumaTest_IsAnEventWithoutState()
    {
        var mapped = Map("uptime-kuma", "uptime-kuma-test", null);

        mapped.Problems.ShouldBeEmpty();
        mapped.Events.ShouldHaveSingleItem().Title.ShouldBe("Notify Testing");
        mapped.Events[0].Kind.ShouldBe("uptime-kuma.notification");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("""{"alerts":7,"alert":[],"notification":"x","heartbeat":[1],"monitor":3,"report":null,"findings":{"new":"x"}}""")]
    [InlineData("""{"alerts":[null,7,"x",[],{"labels":7,"annotations":[],"status":{},"startsAt":[],"fingerprint":{}}]}""")]
    public void Map_AnythingElse_IsEventsOrProblems_NeverAnException(string payload)
    {
        foreach (var kind in BuiltInMappings.Kinds)
        {
            using var document = JsonDocument.Parse(payload);

            var mapped = MappingRun.Apply(BuiltInMappings.Of(kind), document.RootElement, _ => null);

            (mapped.Events.Count + mapped.Problems.Count).ShouldBeGreaterThan(payload == "[]" ? -1 : 0, $"{kind} {payload}");
        }
    }

    [Fact]
    public void Map_EveryPayloadDamagedAtEveryPlace_IsEventsOrProblems()
    {
        foreach (var (kind, name, header) in All())
        {
            var text = Payload(name);
            foreach (var (damage, at) in new[] { "{}", "[]", "7", "null", "true", "\"\"" }.SelectMany(d => Values(text)
                .Select(v => (d, v))))
            {
                var damaged = text[..at.Start] + damage + text[at.End..];
                using var document = JsonDocument.Parse(damaged);

                MappingRun.Apply(BuiltInMappings.Of(kind), document.RootElement, name => header).ShouldNotBeNull();
            }
        }
    }

    internal static IEnumerable<(string Kind, string Name, string? Header)> All()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.At("tests/Notify.Admin.UnitTests/Sources/Payloads"), "*.json"))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var kind = BuiltInMappings.Kinds.Where(kind => name.StartsWith(kind, StringComparison.Ordinal)).MaxBy(kind => kind.Length)!;
            yield return (kind, name, kind is "github" or "defectdojo" ? name[(kind.Length + 1)..].Split('-')[0] : null);
        }
    }

    internal static string Payload(string name) =>
        File.ReadAllText(Repository.At($"tests/Notify.Admin.UnitTests/Sources/Payloads/{name}.json"));

    internal static MappedPayload Map(string kind, string payload, string? header)
    {
        using var document = JsonDocument.Parse(Payload(payload));
        return MappingRun.Apply(BuiltInMappings.Of(kind), document.RootElement, name => name switch
        {
            "X-GitHub-Event" when kind == "github" => header,
            "X-GitHub-Delivery" when kind == "github" => "72d3162e-cc78-11e3-81ab-4c9367dc0958",
            "X-DefectDojo-Event" when kind == "defectdojo" => header,
            _ => null,
        });
    }

    // Where each plain value stands, as the tokens lie in the file.
    private static List<(int Start, int End)> Values(string text)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text));
        List<(int, int)> values = [];
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null)
            {
                values.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed));
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                values.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed));
            }
        }

        // Only where bytes and characters are the same.
        return text.All(char.IsAscii) ? values : [];
    }
}
