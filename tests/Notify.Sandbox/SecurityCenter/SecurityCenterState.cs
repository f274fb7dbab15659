using System.Globalization;
using Notify.Sandbox.Slack;

namespace Notify.Sandbox.SecurityCenter;

/// <summary>What the pretended Security Center consists of. Safe to change from any thread while calls are served.</summary>
public sealed class SecurityCenterState
{
    private readonly TimeProvider _time;
    private int _lastChatbot;

    internal SecurityCenterState(TimeProvider time)
    {
        _time = time;
        Keys = new(key => key.Id, key => key.FindProblem());
        Assets = new(asset => asset.Uuid, asset => asset.FindProblem());
        Alerts = new(alert => Key(alert.Id), alert => alert.FindProblem());
        Vulnerabilities = new(vulnerability => Key(vulnerability.Id), vulnerability => vulnerability.FindProblem());
        Baselines = new(baseline => Key(baseline.Id), baseline => baseline.FindProblem());
        Leaks = new(leak => Key(leak.Id), leak => leak.FindProblem());
        Chatbots = new(chatbot => Key(chatbot.Id), chatbot => chatbot.FindProblem());
    }

    public Catalog<SandboxAccessKey> Keys { get; }
    public Catalog<SandboxAsset> Assets { get; }
    public Catalog<SandboxAlert> Alerts { get; }
    public Catalog<SandboxVulnerability> Vulnerabilities { get; }
    public Catalog<SandboxBaseline> Baselines { get; }
    public Catalog<SandboxLeak> Leaks { get; }
    public Catalog<SandboxChatbot> Chatbots { get; }

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

    /// <summary>Puts chatbots there, each in place of the one with its id; one without an id is a new one.</summary>
    public void Put(params IReadOnlyCollection<SandboxChatbot> chatbots) =>
        Chatbots.Put([.. chatbots.Select(chatbot => chatbot with
        {
            Id = chatbot.Id == 0 ? NextChatbotId() : chatbot.Id, CreatedAt = chatbot.CreatedAt ?? _time.GetUtcNow(),
        })]);

    /// <summary>No chatbot has it, and none had it before.</summary>
    internal int NextChatbotId()
    {
        int id;
        do
        {
            id = Interlocked.Increment(ref _lastChatbot);
        }
        while (Chatbots.Find(Key(id)) is not null);

        return id;
    }

    internal DateTimeOffset Now => _time.GetUtcNow();

    internal void Reset()
    {
        Keys.Replace([SecurityCenterSeeds.Key]);
        Assets.Replace(SecurityCenterSeeds.Assets);
        Alerts.Replace([]);
        Vulnerabilities.Replace([]);
        Baselines.Replace([]);
        Leaks.Replace([]);
        Chatbots.Replace([]);
        _lastChatbot = 0;
        Put(SecurityCenterSeeds.Chatbot);
    }

    // Ordered as numbers are.
    internal static string Key(long id) => id.ToString("D19", CultureInfo.InvariantCulture);
}
