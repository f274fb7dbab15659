using System.Globalization;
using Notify.Sandbox.Slack;

namespace Notify.Sandbox.SecurityCenter;

/// <summary>What the pretended Security Center consists of. Safe to change from any thread while calls are served.</summary>
public sealed class SecurityCenterState
{
    private readonly TimeProvider _time;

    internal SecurityCenterState(TimeProvider time)
    {
        _time = time;
        Keys = new(key => key.Id, key => key.FindProblem());
        Assets = new(asset => asset.Uuid, asset => asset.FindProblem());
        Alerts = new(alert => Key(alert.Id), alert => alert.FindProblem());
        Vulnerabilities = new(vulnerability => Key(vulnerability.Id), vulnerability => vulnerability.FindProblem());
        Baselines = new(baseline => Key(baseline.Id), baseline => baseline.FindProblem());
        Leaks = new(leak => Key(leak.Id), leak => leak.FindProblem());
    }

    public Catalog<SandboxAccessKey> Keys { get; }
    public Catalog<SandboxAsset> Assets { get; }
    public Catalog<SandboxAlert> Alerts { get; }
    public Catalog<SandboxVulnerability> Vulnerabilities { get; }
    public Catalog<SandboxBaseline> Baselines { get; }
    public Catalog<SandboxLeak> Leaks { get; }

    /// <summary>Adds an alert with the moment as its time, where it has none of its own.</summary>
    public void Put(params IReadOnlyCollection<SandboxAlert> alerts) =>
        Alerts.Put([.. alerts.Select(alert => alert with { FirstAt = alert.FirstAt ?? _time.GetUtcNow() })]);

    /// <inheritdoc cref="Put(IReadOnlyCollection{SandboxAlert})"/>
    public void Put(params IReadOnlyCollection<SandboxVulnerability> vulnerabilities) =>
        Vulnerabilities.Put([.. vulnerabilities.Select(one => one with { FirstAt = one.FirstAt ?? _time.GetUtcNow() })]);

    /// <inheritdoc cref="Put(IReadOnlyCollection{SandboxAlert})"/>
    public void Put(params IReadOnlyCollection<SandboxBaseline> baselines) =>
        Baselines.Put([.. baselines.Select(one => one with { FoundAt = one.FoundAt ?? _time.GetUtcNow() })]);

    /// <inheritdoc cref="Put(IReadOnlyCollection{SandboxAlert})"/>
    public void Put(params IReadOnlyCollection<SandboxLeak> leaks) =>
        Leaks.Put([.. leaks.Select(one => one with { FoundAt = one.FoundAt ?? _time.GetUtcNow() })]);

    internal DateTimeOffset Now => _time.GetUtcNow();

    internal void Reset()
    {
        Keys.Replace([SecurityCenterSeeds.Key]);
        Assets.Replace(SecurityCenterSeeds.Assets);
        Alerts.Replace([]);
        Vulnerabilities.Replace([]);
        Baselines.Replace([]);
        Leaks.Replace([]);
    }

    // Ordered as numbers are.
    private static string Key(long id) => id.ToString("D19", CultureInfo.InvariantCulture);
}
