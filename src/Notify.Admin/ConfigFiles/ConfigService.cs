using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Settings;

namespace Notify.Admin.ConfigFiles;

/// <summary>The whole configuration as one file: written, compared, and applied, all of it or nothing.</summary>
internal sealed class ConfigService(
    IServiceProvider services, ChangeFeed feed, SecretProtector protector, Fingerprints fingerprints, SettingsService settings,
    ConfigAuditStore audit)
{
    /// <summary>Of a file, in bytes.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    /// <summary>Of what is wrong with a file, so much is told.</summary>
    public const int MostProblems = 100;

    private const string VersionKey = "version";
    private const string Version = "1";

    // Whatever a section may change.
    private static readonly string[] Areas = [ChangeAreas.Channels, ChangeAreas.People, ChangeAreas.Settings, ChangeAreas.Sources];

    /// <summary>What stands, as a file. Secrets are not in it.</summary>
    public async Task<string> ExportAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        var (kinds, names, _) = await ReadAsync(actor, cancellationToken);
        return ConfigYaml.Write(ConfigMap.Of(
            [(VersionKey, new ConfigScalar(0, Version)), .. kinds.Select(kind => (kind.Section, kind.Export(names)))]));
    }

    /// <summary>What applying a file would do. Changes nothing.</summary>
    /// <param name="prune">What stands and is not in a section of the file is deleted.</param>
    public async Task<ConfigPlan> PlanAsync(string text, bool prune, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return (await MakeAsync(text, prune, actor, cancellationToken)).Plan;
    }

    /// <summary>Applies a file in one transaction, with what the trail says of it.</summary>
    /// <param name="basis">Of the plan that was looked at; null applies to what stands by now.</param>
    public async Task<ConfigOutcome> ApplyAsync(
        string text, bool prune, string? basis, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        // Keys that would be made in the transaction would go with it, and be remembered.
        protector.CurrentKey();
        await fingerprints.OfAsync("", cancellationToken);
        var outcome = new ConfigOutcome(ConfigResult.Invalid, new ConfigPlan("", [], 0, []), []);
        var isDone = false;
        try
        {
            isDone = await feed.ChangeTogetherAsync(Areas, ChangeAsync, cancellationToken);
        }
        finally
        {
            if (!isDone)
            {
                // This instance took saved settings over before they were to be undone.
                await settings.ReloadAsync(CancellationToken.None);
            }
        }

        return outcome;

        async Task<bool> ChangeAsync()
        {
            var made = await MakeAsync(text, prune, actor, cancellationToken);
            outcome = outcome with { Plan = made.Plan };
            if (made.Plan.Problems.Count > 0)
            {
                return false;
            }

            if (basis is not null && basis != made.Plan.Basis)
            {
                outcome = outcome with { Result = ConfigResult.Outdated };
                return false;
            }

            if (made.Changes.Count == 0)
            {
                outcome = outcome with { Result = ConfigResult.Applied };
                return false;
            }

            List<NewAddress> addresses = [];
            foreach (var isSecond in new[] { false, true })
            {
                foreach (var change in made.Changes)
                {
                    await change.Apply(new ApplyTurn(actor, made.Place, isSecond, addresses, cancellationToken));
                    if (made.Place.Problems.Count > 0)
                    {
                        // What only a save finds. Nothing of the rest would hold.
                        outcome = outcome with { Plan = made.Plan };
                        return false;
                    }
                }
            }

            outcome = new ConfigOutcome(ConfigResult.Applied, made.Plan, addresses);
            await audit.RecordAsync(audit.EntryOf(made.Plan.Changes, actor), cancellationToken);
            return true;
        }
    }

    private async Task<Made> MakeAsync(string text, bool prune, Actor actor, CancellationToken cancellationToken)
    {
        var (kinds, names, basis) = await ReadAsync(actor, cancellationToken);
        List<ConfigProblem> problems = [];
        var place = new ConfigPlace("", names, problems);
        List<PlannedChange> changes = [];
        var kept = 0;
        if (ConfigYaml.Read(text, problems) is { } root)
        {
            CheckRoot(root, kinds, problems);
            foreach (var kind in kinds)
            {
                if (root.Find(kind.Section) is { } section)
                {
                    kind.Announce(section.Value, names);
                }
            }

            foreach (var kind in kinds)
            {
                if (root.Find(kind.Section) is { Value: not ConfigScalar { IsNothing: true } } section)
                {
                    var plan = await kind.PlanAsync(section.Value, place with { Path = kind.Section }, prune, actor, cancellationToken);
                    changes.AddRange(plan.Changes);
                    kept += plan.Kept;
                }
            }
        }

        // What is deleted may be spoken of by what is changed before.
        changes = [.. changes.Where(change => change.Change.Action != ConfigAction.Delete),
            .. changes.Where(change => change.Change.Action == ConfigAction.Delete).Reverse()];
        return new Made(
            new ConfigPlan(basis, [.. changes.Select(change => change.Change)], kept,
                problems), changes, place);
    }

    private async Task<(IReadOnlyList<IConfigKind> Kinds, ConfigNames Names, string Basis)> ReadAsync(
        Actor actor, CancellationToken cancellationToken)
    {
        IReadOnlyList<IConfigKind> kinds = [.. services.GetServices<IConfigKind>()];
        var names = new ConfigNames();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var kind in kinds)
        {
            foreach (var mark in await kind.ReadAsync(names, actor, cancellationToken))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(mark + "\n"));
            }
        }

        return (kinds, names, Convert.ToHexStringLower(hash.GetHashAndReset())[..32]);
    }

    private static void CheckRoot(ConfigMap root, IReadOnlyList<IConfigKind> kinds, List<ConfigProblem> problems)
    {
        if (root.Find(VersionKey) is not { Value: ConfigScalar { Text: Version } })
        {
            problems.Add(new ConfigProblem(root.Find(VersionKey)?.Line ?? root.Line, VersionKey, $"must be {Version}"));
        }

        problems.AddRange(root.Entries.Where(entry => entry.Key != VersionKey && kinds.All(kind => kind.Section != entry.Key))
            .Select(entry => new ConfigProblem(entry.Line, ForeignText.Line(entry.Key, 40) ?? "",
                string.Create(CultureInfo.InvariantCulture,
                    $"is no section; there are {string.Join(", ", kinds.Select(kind => kind.Section))}"))));
    }

    private sealed record Made(ConfigPlan Plan, IReadOnlyList<PlannedChange> Changes, ConfigPlace Place);
}
