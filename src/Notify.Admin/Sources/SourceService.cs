using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>Sources: an Admin makes and changes them, everybody sees that they are there.</summary>
internal sealed class SourceService(SourceStore store, SourceDirectory directory, SourceKinds kinds, SourceChecks checks,
    SecretProtector protector, AuditTrail audit, TimeProvider time)
{
    /// <summary>So long the key before a rotation stays good, unless another time is asked for.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    public static readonly TimeSpan LongestGrace = TimeSpan.FromDays(30);

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
        var problems = await checks.CheckAsync(draft, null, cancellationToken);
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
        await store.AddAsync(source, version, saved => audit.Entry(actor, "source.create", SourceTrail.SubjectOf(saved),
            AuditTrail.Difference(new Dictionary<string, string?>(), SourceTrail.FieldsOf(saved))), cancellationToken);
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

        var problems = await checks.CheckAsync(draft, current, cancellationToken);
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

            var (before, mapping) = (SourceTrail.FieldsOf(source), source.Mapping);
            Put(draft, source);
            return AuditTrail.Difference(before, SourceTrail.FieldsOf(source)) is { Count: > 0 } changes
                ? (audit.Entry(actor, "source.update", SourceTrail.SubjectOf(source), changes),
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
            return (audit.Entry(actor, "source.rotate", SourceTrail.SubjectOf(source),
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
            return isOutdated ? null : audit.Entry(actor, "source.delete", SourceTrail.SubjectOf(source));
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
        source.Proof = SourceChecks.ProofOf(draft, source);
        source.Secret = source.Proof == SourceProof.Key ? null : draft.Secret is { } secret ? protector.Protect(secret) : source.Secret;
        source.SignatureHeader = draft.SignatureHeader ?? source.SignatureHeader;
        source.SignatureAlgorithm = draft.SignatureAlgorithm ?? source.SignatureAlgorithm;
        source.AllowedAddresses = draft.AllowedAddresses is { } addresses ? AllowedAddresses.Join(addresses) : source.AllowedAddresses;
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
}
