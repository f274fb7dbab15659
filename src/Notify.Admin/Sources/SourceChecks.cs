using Notify.Admin.Api;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>What a source must be, field by field, before it is saved: from its page, the API or a file.</summary>
internal sealed class SourceChecks(SourceKinds kinds, IEnumerable<IChannel> channels, IAlertAccounts accounts)
{
    private const int LongestSecret = 256;
    private const int LongestMapping = 64 * 1024;

    // More would say no more.
    private const int MostProblems = 20;

    /// <summary>What keeps a draft from being saved; empty where nothing does.</summary>
    /// <param name="current">Null for a new one.</param>
    public async Task<IReadOnlyList<FieldProblem>> CheckAsync(SourceDraft draft, Source? current, CancellationToken cancellationToken)
    {
        List<FieldProblem> problems = [];
        void Refuse(string field, string reason) => problems.Add(new FieldProblem(null, field, reason));

        var kind = current?.Kind ?? draft.Kind ?? "";
        CheckName(draft, current, Refuse);
        CheckKind(draft, current, Refuse);
        CheckProof(draft, current, kind, Refuse);
        await CheckPollsAsync(draft, current, kind, Refuse, cancellationToken);
        if (draft.LetsMentions is not null && !SourceKinds.IsRobot(kind))
        {
            Refuse("mentions", "is for dingtalk-robot and slack-webhook: other kinds mention nobody");
        }

        CheckSecret(draft, current, Refuse);
        CheckAddresses(draft.AllowedAddresses ?? [], Refuse);
        if (draft.PerMinute is < 0 or > SourceDraft.MostPerMinute)
        {
            Refuse("per_minute", $"must be 0 to {SourceDraft.MostPerMinute}; 0 is no limit");
        }

        CheckMapping(draft, kind, Refuse);
        await CheckChannelsAsync(draft.Channels ?? [], Refuse, cancellationToken);
        return problems;
    }

    /// <summary>What it proves itself with once it is saved. A robot's secret is there to sign with.</summary>
    public static SourceProof ProofOf(SourceDraft draft, Source? current) =>
        draft.Proof ?? (draft.Secret is not null && (current?.Kind ?? draft.Kind) == SourceKinds.DingTalkRobot ? SourceProof.Sign
            : current?.Proof ?? SourceProof.Key);

    private static void CheckName(SourceDraft draft, Source? current, Action<string, string> refuse)
    {
        if (draft.Name is null && current is null)
        {
            refuse("name", "is required");
        }
        else if (draft.Name is { } name && (name.Length is 0 or > SourceDraft.LongestName || !PlainText.IsLine(name)))
        {
            refuse("name", $"must be one visible line of at most {SourceDraft.LongestName} characters");
        }
    }

    private void CheckKind(SourceDraft draft, Source? current, Action<string, string> refuse)
    {
        if (current is null && (draft.Kind is null || !kinds.Has(draft.Kind)))
        {
            refuse("kind", $"must be one of {string.Join(", ", kinds.Names)}");
        }
        else if (current is not null && draft.Kind is { } kind && kind != current.Kind)
        {
            refuse("kind", "cannot be changed: its address has that kind's form");
        }
    }

    private static void CheckProof(SourceDraft draft, Source? current, string kind, Action<string, string> refuse)
    {
        if (!Fits(ProofOf(draft, current), kind))
        {
            refuse("auth", kind switch
            {
                SourceKinds.DingTalkRobot => "must be key, or sign with the robot's secret",
                SourceKinds.SlackWebhook => "must be key: a Slack webhook's address is its secret",
                SourceKinds.SecurityCenter => "must be key: nobody posts to it",
                _ => "cannot be sign: that is a DingTalk robot's",
            });
        }
    }

    private static bool Fits(SourceProof proof, string kind) => kind switch
    {
        SourceKinds.DingTalkRobot => proof is SourceProof.Key or SourceProof.Sign,
        SourceKinds.SlackWebhook or SourceKinds.SecurityCenter => proof == SourceProof.Key,
        _ => proof != SourceProof.Sign,
    };

    private static void CheckSecret(SourceDraft draft, Source? current, Action<string, string> refuse)
    {
        var proof = ProofOf(draft, current);
        if (draft.Secret is { } secret && (secret.Length is < 8 or > LongestSecret || !PlainText.IsLine(secret)))
        {
            refuse("secret", $"must have 8 to {LongestSecret} characters");
        }
        else if (proof != SourceProof.Key && draft.Secret is null && (current?.Secret is null || current.Proof == SourceProof.Key))
        {
            refuse("secret", "is required for this auth");
        }

        var header = draft.SignatureHeader ?? current?.SignatureHeader;
        if (proof == SourceProof.Hmac
            && (header is null or { Length: 0 or > 64 } || !header.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            refuse("signature_header", "must name a header, such as X-Hub-Signature-256");
        }
    }

    private static void CheckAddresses(IReadOnlyList<string> addresses, Action<string, string> refuse)
    {
        if (addresses.Count > AllowedAddresses.Most)
        {
            refuse("allowed_addresses", $"has more than {AllowedAddresses.Most} entries");
        }
        else if (AllowedAddresses.Join(addresses).Length > AllowedAddresses.LongestText)
        {
            refuse("allowed_addresses", $"has more than {AllowedAddresses.LongestText} characters altogether");
        }

        var wrong = Enumerable.Range(0, addresses.Count).Where(index => AllowedAddresses.TryRead(addresses[index]) is null);
        foreach (var index in wrong.Take(MostProblems))
        {
            refuse($"allowed_addresses[{index}]", "must be an address or a network, such as 10.1.0.0/16");
        }
    }

    private static void CheckMapping(SourceDraft draft, string kind, Action<string, string> refuse)
    {
        if (draft.Mapping is { Length: > 0 } && SourceKinds.IsUnmapped(kind))
        {
            refuse("mapping", "is not for this kind: it is read as it is");
        }
        else if (draft.Mapping is { } mapping && (mapping.Length > LongestMapping || !PlainText.Is(mapping)))
        {
            refuse("mapping", $"must be a text of at most {LongestMapping} characters");
        }
        else if (draft.Mapping is { Length: > 0 } text)
        {
            foreach (var problem in MappingReader.Read(text).Problems.Take(MostProblems))
            {
                refuse($"mapping{problem.Path}", problem.Reason.English);
            }
        }

        if (draft.MappingNote is { } note && (note.Length > MappingVersion.LongestNote || !PlainText.Is(note)))
        {
            refuse("mapping_note", $"must be a text of at most {MappingVersion.LongestNote} characters");
        }
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
}
