using System.Globalization;
using System.Text;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <param name="Key">In its address: shown once, it cannot be read again. Null when refused.</param>
internal sealed record NewSource(IReadOnlyList<FieldProblem> Problems, Source? Source = null, string? Key = null)
{
    /// <summary>Printing it does not print the key.</summary>
    public override string ToString() => Source?.Name ?? "refused";
}

/// <param name="Source">Null where there is none with that id.</param>
/// <param name="IsOutdated">Somebody else changed it first, and it was to be changed as it stood before.</param>
internal sealed record SourceChange(IReadOnlyList<FieldProblem> Problems, Source? Source = null, bool IsOutdated = false);

internal enum SourceDeletion
{
    Done = 1,

    /// <summary>It is not there.</summary>
    Gone = 2,

    /// <summary>It is another than the caller has read.</summary>
    Outdated = 3,
}

/// <summary>Sources: an Admin makes and changes them, everybody sees that they are there.</summary>
internal sealed class SourceService(SourceStore store, SourceDirectory directory, SourceKinds kinds, IEnumerable<IChannel> channels,
    IAlertAccounts accounts, SecretProtector protector, AuditTrail audit, TimeProvider time)
{
    /// <summary>So long the key before a rotation stays good, unless another time is asked for.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    public static readonly TimeSpan LongestGrace = TimeSpan.FromDays(30);

    /// <summary>What the trail calls a source.</summary>
    public const string SubjectKind = "source";

    private const int LongestSecret = 256;
    private const int LongestMapping = 64 * 1024;

    public Task<IReadOnlyList<Source>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.ListAsync(cancellationToken);
    }

    public Task<Source?> FindAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.FindAsync(id, cancellationToken);
    }

    /// <summary>The kinds that there are, as scripts write them.</summary>
    public IReadOnlyList<string> Kinds => kinds.Names;

    public async Task<NewSource> CreateAsync(SourceDraft draft, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var problems = await CheckAsync(draft, null, cancellationToken);
        if (problems.Count > 0)
        {
            return new NewSource(problems);
        }

        var key = SourceAddress.NewKeyOf(draft.Kind!);
        var source = new Source
        {
            Name = draft.Name!,
            Kind = draft.Kind!,
            KeyHash = SourceAddress.Hash(key),
            KeyLastFour = key[^4..],
            CreatedAt = time.GetUtcNow(),
            PerMinute = SourceDraft.UsualPerMinute,
        };
        if (SourceKinds.IsPolled(source.Kind))
        {
            (source.Polls, source.PollFromHours) = (PollPlan.Usual, SourceDraft.UsualFromHours);
        }

        Put(draft, source);
        var version = SourceKinds.IsUnmapped(source.Kind) ? null : VersionOf(source, draft, actor);
        await store.AddAsync(source, version, saved => audit.Entry(actor, "source.create", SubjectOf(saved),
            AuditTrail.Difference(new Dictionary<string, string?>(), Fields(saved))), cancellationToken);
        directory.Forget();
        return new NewSource([], source, key);
    }

    /// <param name="version">Changes only this one; null changes it as it stands.</param>
    public async Task<SourceChange> ChangeAsync(int id, SourceDraft draft, Actor actor, CancellationToken cancellationToken,
        int? version = null)
    {
        actor.Demand(Policies.Edit);
        if (await store.FindAsync(id, cancellationToken) is not { } current)
        {
            return new SourceChange([]);
        }

        var problems = await CheckAsync(draft, current, cancellationToken);
        if (problems.Count > 0)
        {
            return new SourceChange(problems, current);
        }

        var isOutdated = false;
        var changed = await store.ChangeAsync(id, source =>
        {
            isOutdated = version is not null && version != source.Version;
            if (isOutdated)
            {
                return null;
            }

            var (before, mapping) = (Fields(source), source.Mapping);
            Put(draft, source);
            return AuditTrail.Difference(before, Fields(source)) is { Count: > 0 } changes
                ? (audit.Entry(actor, "source.update", SubjectOf(source), changes),
                    source.Mapping == mapping ? null : VersionOf(source, draft, actor)) : null;
        }, cancellationToken);
        directory.Forget();
        return new SourceChange([], changed, isOutdated);
    }

    /// <summary>Gives it a new key; the one it has stays good for a while.</summary>
    /// <param name="grace">Zero ends the old key at once; null is the usual time.</param>
    public async Task<NewSource?> RotateAsync(int id, TimeSpan? grace, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var key = "";
        var changed = await store.ChangeAsync(id, source =>
        {
            var before = source.KeyLastFour;
            key = SourceAddress.NewKeyOf(source.Kind);
            source.PreviousKeyHash = source.KeyHash;
            source.PreviousKeyEndsAt = time.GetUtcNow() + (grace ?? Grace);
            source.KeyHash = SourceAddress.Hash(key);
            source.KeyLastFour = key[^4..];
            return (audit.Entry(actor, "source.rotate", SubjectOf(source),
                [new FieldChange("key", $"…{before}", $"…{source.KeyLastFour}")]), null);
        }, cancellationToken);
        directory.Forget();
        return changed is null ? null : new NewSource([], changed, key);
    }

    /// <param name="version">Deletes only this one; null deletes it as it stands.</param>
    public async Task<SourceDeletion> DeleteAsync(int id, Actor actor, CancellationToken cancellationToken, int? version = null)
    {
        actor.Demand(Policies.Edit);
        var isOutdated = false;
        var isDone = await store.DeleteAsync(id, source =>
        {
            isOutdated = version is not null && version != source.Version;
            return isOutdated ? null : audit.Entry(actor, "source.delete", SubjectOf(source));
        }, cancellationToken);
        directory.Forget();
        return isDone ? SourceDeletion.Done : isOutdated ? SourceDeletion.Outdated : SourceDeletion.Gone;
    }

    /// <summary>Its last payloads, newest first.</summary>
    public Task<IReadOnlyList<KeptPayload>> PayloadsAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return store.PayloadsAsync(id, cancellationToken);
    }

    private MappingVersion VersionOf(Source source, SourceDraft draft, Actor actor) => new()
    {
        SourceId = source.Id,
        At = time.GetUtcNow(),
        By = ForeignText.Line(actor.Name, 256),
        Note = string.IsNullOrWhiteSpace(draft.MappingNote) ? null : ForeignText.Line(draft.MappingNote, MappingVersion.LongestNote),
        Mapping = source.Mapping,
    };

    private void Put(SourceDraft draft, Source source)
    {
        source.Name = draft.Name ?? source.Name;
        source.Proof = ProofOf(draft, source);
        source.Secret = source.Proof == SourceProof.Key ? null : draft.Secret is { } secret ? protector.Protect(secret) : source.Secret;
        source.SignatureHeader = draft.SignatureHeader ?? source.SignatureHeader;
        source.SignatureAlgorithm = draft.SignatureAlgorithm ?? source.SignatureAlgorithm;
        source.AllowedAddresses = draft.AllowedAddresses is { } addresses ? string.Join('\n', addresses) : source.AllowedAddresses;
        source.PerMinute = draft.PerMinute ?? source.PerMinute;
        source.IsOn = draft.IsOn ?? source.IsOn;
        source.Channels = draft.Channels is { } bound ? BoundChannels.Write(bound) : source.Channels;
        source.LetsMentions = draft.LetsMentions ?? source.LetsMentions;
        source.AccountId = draft.AccountId ?? source.AccountId;
        source.Polls = draft.Polls is { } polls ? PollPlan.Write(polls) : source.Polls;
        source.PollFromHours = draft.PollFromHours ?? source.PollFromHours;
        source.PollLanguage = draft.PollLanguage ?? source.PollLanguage;
        source.Mapping = draft.Mapping is { } mapping ? (mapping.Length == 0 ? null : mapping) : source.Mapping;
    }

    /// <summary>What keeps a draft from being saved; empty where nothing does.</summary>
    /// <param name="current">Null for a new one.</param>
    public async Task<IReadOnlyList<FieldProblem>> CheckAsync(SourceDraft draft, Source? current, CancellationToken cancellationToken)
    {
        List<FieldProblem> problems = [];
        void Refuse(string field, string reason) => problems.Add(new FieldProblem(null, field, reason));

        if (draft.Name is null && current is null)
        {
            Refuse("name", "is required");
        }
        else if (draft.Name is { } name && (name.Length is 0 or > SourceDraft.LongestName || !PlainText.IsLine(name)))
        {
            Refuse("name", $"must be one visible line of at most {SourceDraft.LongestName} characters");
        }

        if (current is null && (draft.Kind is null || !kinds.Has(draft.Kind)))
        {
            Refuse("kind", $"must be one of {string.Join(", ", kinds.Names)}");
        }
        else if (current is not null && draft.Kind is { } kind && kind != current.Kind)
        {
            Refuse("kind", "cannot be changed: its address has that kind's form");
        }

        var kindOfSource = current?.Kind ?? draft.Kind ?? "";
        var proof = ProofOf(draft, current);
        if (!Fits(proof, kindOfSource))
        {
            Refuse("auth", kindOfSource switch
            {
                SourceKinds.DingTalkRobot => "must be key, or sign with the robot's secret",
                SourceKinds.SlackWebhook => "must be key: a Slack webhook's address is its secret",
                SourceKinds.SecurityCenter => "must be key: nobody posts to it",
                _ => "cannot be sign: that is a DingTalk robot's",
            });
        }

        await CheckPollsAsync(draft, current, kindOfSource, Refuse, cancellationToken);
        if (draft.LetsMentions is not null && !SourceKinds.IsRobot(kindOfSource))
        {
            Refuse("mentions", "is for dingtalk-robot and slack-webhook: other kinds mention nobody");
        }

        if (draft.Secret is { } secret && (secret.Length is < 8 or > LongestSecret || !PlainText.IsLine(secret)))
        {
            Refuse("secret", $"must have 8 to {LongestSecret} characters");
        }
        else if (proof != SourceProof.Key && draft.Secret is null && (current?.Secret is null || current.Proof == SourceProof.Key))
        {
            Refuse("secret", "is required for this auth");
        }

        var header = draft.SignatureHeader ?? current?.SignatureHeader;
        if (proof == SourceProof.Hmac
            && (header is null or { Length: 0 or > 64 } || !header.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            Refuse("signature_header", "must name a header, such as X-Hub-Signature-256");
        }

        if (draft.AllowedAddresses is { } addresses)
        {
            if (addresses.Count > AllowedAddresses.Most)
            {
                Refuse("allowed_addresses", $"has more than {AllowedAddresses.Most} entries");
            }

            for (var index = 0; index < addresses.Count && problems.Count < 20; index++)
            {
                if (AllowedAddresses.TryRead(addresses[index]) is null)
                {
                    Refuse($"allowed_addresses[{index}]", "must be an address or a network, such as 10.1.0.0/16");
                }
            }
        }

        if (draft.PerMinute is < 0 or > SourceDraft.MostPerMinute)
        {
            Refuse("per_minute", $"must be 0 to {SourceDraft.MostPerMinute}; 0 is no limit");
        }

        if (draft.Mapping is { Length: > 0 } && SourceKinds.IsUnmapped(kindOfSource))
        {
            Refuse("mapping", "is not for this kind: it is read as it is");
        }
        else if (draft.Mapping is { } mapping && (mapping.Length > LongestMapping || !PlainText.Is(mapping)))
        {
            Refuse("mapping", $"must be a text of at most {LongestMapping} characters");
        }
        else if (draft.Mapping is { Length: > 0 } text)
        {
            problems.AddRange(MappingReader.Read(text).Problems.Take(20)
                .Select(problem => new FieldProblem(null, $"mapping{problem.Path}", problem.Reason.English)));
        }

        if (draft.MappingNote is { } note && (note.Length > MappingVersion.LongestNote || !PlainText.Is(note)))
        {
            Refuse("mapping_note", $"must be a text of at most {MappingVersion.LongestNote} characters");
        }

        await CheckChannelsAsync(draft.Channels ?? [], Refuse, cancellationToken);
        return problems;
    }

    private async Task CheckPollsAsync(SourceDraft draft, Source? current, string kind, Action<string, string> refuse,
        CancellationToken cancellationToken)
    {
        if (!SourceKinds.IsPolled(kind))
        {
            var given = draft switch
            {
                { AccountId: not null } => "account",
                { Polls: not null } => "types",
                { PollFromHours: not null } => "from_hours",
                { PollLanguage: not null } => "language",
                _ => null,
            };
            if (given is not null)
            {
                refuse(given, $"is for {SourceKinds.SecurityCenter}: other kinds are posted to");
            }

            return;
        }

        if ((draft.AccountId ?? current?.AccountId) is not { } id)
        {
            refuse("account", "is required");
        }
        else if (draft.AccountId is not null && (await accounts.ListAsync(cancellationToken)).All(account => account.Id != id))
        {
            refuse("account", "names no Security Center account");
        }

        if (draft.Polls is { Count: 0 })
        {
            refuse("types", "must name at least one type");
        }

        for (var index = 0; index < draft.Polls?.Count; index++)
        {
            if (PolledType.Find(draft.Polls[index].Type) is null)
            {
                refuse($"types[{index}]", $"must be one of {string.Join(", ", PolledType.All.Select(type => type.Name))}");
            }
            else if (draft.Polls[index].Minutes is < PolledType.LeastMinutes or > PolledType.MostMinutes)
            {
                refuse($"types[{index}]", $"must be polled every {PolledType.LeastMinutes} to {PolledType.MostMinutes} minutes");
            }
        }

        if (draft.PollFromHours is < 0 or > SourceDraft.MostFromHours)
        {
            refuse("from_hours", $"must be 0 to {SourceDraft.MostFromHours}");
        }

        if (draft.PollLanguage is { } language && !SourceDraft.PollLanguages.Contains(language))
        {
            refuse("language", $"must be one of {string.Join(", ", SourceDraft.PollLanguages)}");
        }
    }

    private async Task CheckChannelsAsync(IReadOnlyList<ChannelKey> bound, Action<string, string> refuse,
        CancellationToken cancellationToken)
    {
        if (bound.Count > BoundChannels.Most)
        {
            refuse("channels", $"has more than {BoundChannels.Most} entries");
            return;
        }

        for (var index = 0; index < bound.Count; index++)
        {
            var kind = channels.FirstOrDefault(channel => channel.Kind == bound[index].Kind);
            if (kind is null || await kind.FindAsync(bound[index].Id, cancellationToken) is null)
            {
                refuse($"channels[{index}]", "names no channel");
            }
        }
    }

    // A robot's secret is there to sign with.
    private static SourceProof ProofOf(SourceDraft draft, Source? current) =>
        draft.Proof ?? (draft.Secret is not null && (current?.Kind ?? draft.Kind) == SourceKinds.DingTalkRobot ? SourceProof.Sign
            : current?.Proof ?? SourceProof.Key);

    private static bool Fits(SourceProof proof, string kind) => kind switch
    {
        SourceKinds.DingTalkRobot => proof is SourceProof.Key or SourceProof.Sign,
        SourceKinds.SlackWebhook or SourceKinds.SecurityCenter => proof == SourceProof.Key,
        _ => proof != SourceProof.Sign,
    };

    internal static AuditSubject SubjectOf(Source source) =>
        new(SubjectKind, source.Id.ToString(CultureInfo.InvariantCulture), source.Name);

    private static Dictionary<string, string?> Fields(Source source) => new()
    {
        ["name"] = source.Name,
        ["kind"] = source.Kind,
        ["auth"] = SourceWords.Of(source.Proof),
        ["secret"] = source.Secret?.ToString(),
        ["signatureHeader"] = source.SignatureHeader,
        ["signatureAlgorithm"] = SourceWords.Of(source.SignatureAlgorithm),
        ["allowedAddresses"] = source.AllowedAddresses.Replace('\n', ' '),
        ["perMinute"] = source.PerMinute.ToString(CultureInfo.InvariantCulture),
        ["sourceIsOn"] = source.IsOn ? "true" : "false",
        ["channels"] = source.Channels,
        ["mentions"] = SourceKinds.IsRobot(source.Kind) ? source.LetsMentions ? "true" : "false" : null,
        ["account"] = source.AccountId?.ToString(CultureInfo.InvariantCulture),
        ["types"] = source.Polls.Length == 0 ? null : source.Polls,
        ["fromHours"] = source.AccountId is null ? null : source.PollFromHours.ToString(CultureInfo.InvariantCulture),
        ["titleLanguage"] = source.AccountId is null ? null : source.PollLanguage,
        ["mapping"] = source.Mapping is { } mapping
            ? $"sha256 {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(mapping)))[..12]}"
                : null,
    };
}
