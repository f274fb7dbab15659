using System.Globalization;

namespace Notify.Admin.Demo;

/// <summary>What tools might have posted to the demo's sources.</summary>
internal static class DemoPayloads
{
    public const string GitHub = """
        {
          "action": "created",
          "alert": {
            "number": 20, "state": "open",
            "dependency": { "package": { "ecosystem": "npm", "name": "semver" }, "manifest_path": "package-lock.json" },
            "security_advisory": { "ghsa_id": "GHSA-c2qf-rxjj-qqgw",
              "summary": "A range can take exponential time", "severity": "high" },
            "html_url": "https://github.com/acme/shop/security/dependabot/20", "updated_at": "2026-08-20T13:57:12Z"
          },
          "repository": { "full_name": "acme/shop", "html_url": "https://github.com/acme/shop" }
        }
        """;

    public const string SlackMessage = """
        {
          "text": "*shop-web* build 418 failed",
          "blocks": [
            { "type": "header", "text": { "type": "plain_text", "text": "shop-web build 418 failed" } },
            { "type": "section", "text": { "type": "mrkdwn", "text": "2 of 611 tests: <https://ci.example.com/418|details>" } },
            { "type": "actions", "elements": [
              { "type": "button", "text": { "type": "plain_text", "text": "Open log" }, "url": "https://ci.example.com/418/log" } ] }
          ]
        }
        """;

    public const string DingTalkMessage = """
        {
          "msgtype": "markdown",
          "markdown": {
            "title": "Quality gate of shop-web failed",
            "text": "#### Quality gate of shop-web failed\n> **1** new vulnerability, coverage 71 %\n\n[Open SonarQube](https://sonar.example.com/dashboard?id=shop-web)"
          }
        }
        """;

    public const string BackupMapping = """
        {
          "split": "/jobs",
          "drop": { "path": "/result", "in": ["ok"] },
          "fields": {
            "id": "{$/run}/{/database}",
            "kind": "backup.failed",
            "severity": { "from": "/result", "table": { "failed": "High", "late": "Low" } },
            "title": "Backup of {/database}: {/result}",
            "text": "/reason",
            "asset": "/database",
            "time": "$/finished"
          },
          "labels": { "name": "run", "from": "$/run" }
        }
        """;

    public static string Alertmanager(DateTimeOffset now) => $$"""
        {
          "version": "4", "status": "firing", "receiver": "notify", "externalURL": "https://alertmanager.example.com",
          "alerts": [
            {
              "status": "firing", "fingerprint": "5ef77f1f8a3ecfb7",
              "labels": { "alertname": "HighLatency", "instance": "shop.example.com", "severity": "critical", "team": "web" },
              "annotations": { "summary": "Slow answers of shop.example.com",
                "description": "The 99th percentile is above 2 s for ten minutes." },
              "startsAt": "{{At(now, -12)}}", "endsAt": "0001-01-01T00:00:00Z",
              "generatorURL": "https://prometheus.example.com/graph?g0.expr=latency"
            },
            {
              "status": "resolved", "fingerprint": "1c4f2b7a90d3e655",
              "labels": { "alertname": "DiskFull", "instance": "db-01", "severity": "warning", "team": "data" },
              "annotations": { "summary": "Disk of db-01 is nearly full" },
              "startsAt": "{{At(now, -55)}}", "endsAt": "{{At(now, -5)}}",
              "generatorURL": "https://prometheus.example.com/graph?g0.expr=disk"
            }
          ]
        }
        """;

    public static string Grafana(DateTimeOffset now) => $$"""
        {
          "receiver": "notify", "status": "firing", "externalURL": "https://grafana.example.com/", "version": "1",
          "alerts": [
            {
              "status": "firing", "fingerprint": "9d3c1e5b7a20f864",
              "labels": { "alertname": "Checkout errors", "severity": "high", "instance": "checkout", "grafana_folder": "Shop" },
              "annotations": { "summary": "4 % of checkouts fail" },
              "startsAt": "{{At(now, -8)}}", "endsAt": "0001-01-01T00:00:00Z",
              "generatorURL": "https://grafana.example.com/alerting/grafana/checkout/view"
            }
          ]
        }
        """;

    public static string Falco(DateTimeOffset now) => $$"""
        {
          "uuid": "5e0b9d1c-3a77-4f21-9f5a-c1d2e3f4a5b6", "priority": "Warning", "rule": "Write below etc", "hostname": "node-3",
          "output": "File below /etc opened for writing (user=root command=vi file=/etc/passwd container=shop-web)",
          "time": "{{At(now, -4)}}", "source": "syscall", "tags": [ "filesystem", "mitre_persistence" ],
          "output_fields": { "container.name": "shop-web", "k8s.ns.name": "shop", "user.name": "root" }
        }
        """;

    public static string Backups(DateTimeOffset now) => $$"""
        {
          "run": "nightly-{{now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}}",
          "finished": "{{At(now, -3)}}",
          "jobs": [
            { "database": "orders", "result": "ok" },
            { "database": "billing", "result": "failed", "reason": "The target volume has no space left." },
            { "database": "reports", "result": "late", "reason": "It began 40 minutes after its time." }
          ]
        }
        """;

    private static string At(DateTimeOffset now, int minutes) =>
        now.AddMinutes(minutes).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
