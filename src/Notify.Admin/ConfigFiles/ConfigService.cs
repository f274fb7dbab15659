using System.Security.Cryptography;
using System.Text;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Settings;

namespace Notify.Admin.ConfigFiles;

/// <summary>The whole configuration as one file: written, compared, and applied, all of it or nothing.</summary>
internal sealed class ConfigService(
    IServiceProvider services, ChangeFeed feed, SecretProtector protector, Fingerprints fingerprints, SettingsService settings,
    ConfigAuditStore audit, ConfigAnnotations annotations, ProvisionedStore provisioned, ConfigDirectory directory, TimeProvider time)
{
    /// <summary>Of a file, in bytes.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    /// <summary>Of what is wrong with a file, so much is told.</summary>
    public const int MostProblems = 100;

    private const string VersionKey = "version";
    private const string EditableKey = "editable";
    private const string Version = "1";

    // Whatever a section may change.
    private static readonly string[] Areas =
    [
        ChangeAreas.Channels, ChangeAreas.FunctionAccess, ChangeAreas.Pauses, ChangeAreas.People, ChangeAreas.Settings,
        ChangeAreas.SlackWorkspaces, ChangeAreas.Sources, ChangeAreas.VendorAccounts,
    ];

    /// <summary>What stands, as a file. Secrets are not in it. That somebody takes it is recorded.</summary>
    public async Task<string> ExportAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        var (kinds, names, _) = await ReadAsync(actor, cancellationToken);
        var text = await annotations.PutIntoAsync(ConfigYaml.Write(ConfigMap.Of(
            [(VersionKey, new ConfigScalar(0, Version)), .. kinds.Select(kind => (kind.Section, kind.Export(names)))])), kinds,
            cancellationToken);
        await audit.RecordAsync(audit.ExportOf(actor), cancellationToken);
        return text;
    }

    /// <summary>What applying a file would do. Changes nothing.</summary>
    /// <param name="prune">What stands and is not in a section of the file is deleted.</param>
    public async Task<ConfigPlan> PlanAsync(string text, bool prune, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        var made = await MakeAsync(text, prune, actor, cancellationToken);
        return made.Plan.Problems.Count > 0 ? made.Plan : await CountAsync(made, cancellationToken);
    }

    /// <summary>Applies a file in one transaction, with what the trail says of it.</summary>
    /// <param name="basis">Of the plan that was looked at; null applies to what stands by now.</param>
    public async Task<ConfigOutcome> ApplyAsync(
        string text, bool prune, string? basis, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return await ApplyAsync(text, prune, basis, _ => Task.FromResult(false), actor, cancellationToken);
    }

    /// <summary>Applies a file of the directory, and notes what comes from it: that is kept as the file has it, unless the file says
    /// <c>editable: true</c>. What it no longer names stays, and is free again.</summary>
    /// <param name="hash">Of what was read.</param>
    public Task<ConfigOutcome> ProvisionAsync(string name, string hash, string text, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return ProvisioningScope.RunAsync(name, () => ApplyAsync(text, prune: false, basis: null, async made =>
        {
            List<ProvisionedObject> objects = [];
            foreach (var kind in made.Kinds)
            {
                objects.AddRange((await kind.ListNamedAsync(actor, cancellationToken)).Select(subject => new ProvisionedObject
                {
                    SubjectKind = subject.Kind, SubjectId = subject.Id, File = name, IsEditable = made.IsEditable,
                }));
            }

            await provisioned.TakeAsync(
                new ProvisionedFile { Name = name, Hash = hash, At = time.GetUtcNow(), IsEditable = made.IsEditable }, objects,
                cancellationToken);
            return true;
        }, actor, cancellationToken));
    }

    /// <summary>The files of the directory, as they were last looked at.</summary>
    public Task<IReadOnlyList<ProvisionedFile>> ListFilesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return provisioned.ListFilesAsync(cancellationToken);
    }

    /// <summary>A file of the directory, as it is now.</summary>
    /// <returns>Null where this machine does not have it.</returns>
    public Task<ConfigReading?> ReadFileAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return directory.FindAsync(name, cancellationToken);
    }

    /// <param name="alsoSave">What else is saved with it; true where there was something.</param>
    private async Task<ConfigOutcome> ApplyAsync(
        string text, bool prune, string? basis, Func<Made, Task<bool>> alsoSave, Actor actor, CancellationToken cancellationToken)
    {
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
                if (made.Comments is not null)
                {
                    await annotations.SaveAsync(made.Comments, cancellationToken);
                    await audit.RecordAsync(audit.EntryOf(made.Plan, actor), cancellationToken);
                }

                return await alsoSave(made) || made.Comments is not null;
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
            if (made.Comments is not null)
            {
                await annotations.SaveAsync(made.Comments, cancellationToken);
            }

            await audit.RecordAsync(audit.EntryOf(made.Plan, actor), cancellationToken);
            await alsoSave(made);
            return true;
        }
    }

    private static async Task<ConfigPlan> CountAsync(Made made, CancellationToken cancellationToken)
    {
        List<ConfigChange> changes = [];
        var (counted, uncounted) = (0, 0);
        foreach (var planned in made.Changes)
        {
            if (planned.Count is { } count && counted < ConfigEffects.MostCounted)
            {
                counted++;
                changes.Add(planned.Change with { Effect = await count(cancellationToken) });
            }
            else
            {
                uncounted += planned.Count is null ? 0 : 1;
                changes.Add(planned.Change);
            }
        }

        return made.Plan with { Changes = changes, Uncounted = uncounted };
    }

    private async Task<Made> MakeAsync(string text, bool prune, Actor actor, CancellationToken cancellationToken)
    {
        var (kinds, names, basis) = await ReadAsync(actor, cancellationToken);
        List<ConfigProblem> problems = [];
        var place = new ConfigPlace("", names, problems);
        List<PlannedChange> changes = [];
        var (kept, isEditable) = (0, false);
        ConfigMap? read = null;
        if (Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            (place with { Path = ConfigYaml.Whole }).Refuse(1, ConfigRules.TooLarge(MostBytes / (1024 * 1024)));
        }
        else if (ConfigYaml.Read(text, problems) is { } root)
        {
            read = root;
            isEditable = CheckRoot(root, kinds, place);
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
                    var planned = await kind.PlanAsync(
                        section.Value, place with { Path = kind.Section }, prune, actor, cancellationToken);
                    changes.AddRange(planned.Changes);
                    kept += planned.Kept;
                }
            }
        }

        // What is deleted may be spoken of by what is changed before.
        changes = [.. changes.Where(change => change.IsFirst),
            .. changes.Where(change => change.Change.Action != ConfigAction.Delete),
            .. changes.Where(change => change is { IsFirst: false, Change.Action: ConfigAction.Delete }).Reverse()];
        var plan = new ConfigPlan(basis, [.. changes.Select(change => change.Change)], kept, problems);
        var comments = problems.Count > 0 || read is null ? null
            : await annotations.PlanAsync(text, read, plan, kinds, names, cancellationToken);
        return new Made(plan with { HasNewComments = comments is not null }, changes, place, kinds, isEditable, comments);
    }

    private async Task<(IReadOnlyList<IConfigKind> Kinds, ConfigNames Names, string Basis)> ReadAsync(
        Actor actor, CancellationToken cancellationToken)
    {
        IReadOnlyList<IConfigKind> kinds = [.. services.GetServices<IConfigKind>()];
        var names = new ConfigNames
        {
            Provisioned = (await provisioned.ListAsync(cancellationToken)).ToDictionary(mark => (mark.SubjectKind, mark.SubjectId)),
        };
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

    /// <returns>Whether what comes from the file may be edited where it is a file of the directory.</returns>
    private static bool CheckRoot(ConfigMap root, IReadOnlyList<IConfigKind> kinds, ConfigPlace place)
    {
        if (root.Find(VersionKey) is not { Value: ConfigScalar { Text: Version } })
        {
            (place with { Path = VersionKey }).Refuse(root.Find(VersionKey)?.Line ?? root.Line, ConfigRules.Exactly(Version));
        }

        foreach (var entry in root.Entries.Where(entry => entry.Key is not (VersionKey or EditableKey)
            && kinds.All(kind => kind.Section != entry.Key)))
        {
            (place with { Path = ForeignText.Line(entry.Key, 40) ?? "" }).Refuse(
                entry.Line, ConfigRules.NoSection(string.Join(", ", kinds.Select(kind => kind.Section))));
        }

        return root.Find(EditableKey) is { } editable && (place with { Path = EditableKey }).Flag(editable.Value) == true;
    }

    /// <param name="Comments">What is to be kept of the file's; null where that is kept already.</param>
    private sealed record Made(
        ConfigPlan Plan, IReadOnlyList<PlannedChange> Changes, ConfigPlace Place, IReadOnlyList<IConfigKind> Kinds, bool IsEditable,
        ConfigComments? Comments);
}
