using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>Applies a change to a chatbot: the one place where what people and programs write is checked.</summary>
internal sealed class ChatbotWriter(
    WebhookAllowList webhooks,
    SecretProtector protector,
    Fingerprints fingerprints,
    IRuleSets sets,
    TimeProvider time)
{
    public const int MaxSecret = 256;
    public const int MaxKeyword = 64;
    public const int MaxMobiles = 1024;

    /// <summary>What the vendor's own messages contain, and its guide tells people to enter: a robot made for its console passes.</summary>
    public const string VendorKeyword = "Security Center";

    private const int MinName = 2;
    private const int MaxName = 64;

    /// <summary>The chatbot after the change, not saved; the refusals are all there are, and with any the result is of no use.</summary>
    /// <param name="stored">Null for a new one. Not changed.</param>
    public async Task<(DingTalkChatbot Chatbot, IReadOnlyList<FieldRefusal> Refusals)> ApplyAsync(
        DingTalkChatbot? stored, ChatbotChange change, string by, CancellationToken cancellationToken)
    {
        var refusals = new List<FieldRefusal>();
        var now = time.GetUtcNow();
        var destination = await ReadDestinationAsync(stored, change.Webhook, refusals, cancellationToken);
        var security = ReadSecurity(stored, change.Security, destination.IsOther, refusals);
        var (mention, mobiles) = ReadMentions(stored, change.Mentions, refusals);
        return (new DingTalkChatbot
        {
            Id = stored?.Id ?? 0,
            Name = ReadName(change.Name, refusals),
            WebhookBase = destination.Base,
            AccessToken = destination.Token,
            Fingerprint = destination.Fingerprint,
            SecurityMode = security.Mode,
            Secret = security.Secret,
            Keyword = security.Keyword,
            IntervalMinutes = ReadInterval(change.IntervalMinutes ?? stored?.IntervalMinutes ?? 0, refusals),
            Language = change.Language ?? stored?.Language ?? DingTalkLanguage.Zh,
            Mention = mention,
            MentionMobiles = mobiles,
            GroupIdList = change.GroupIds is { } groups ? ReadGroups(groups, refusals) : stored?.GroupIdList ?? "[]",
            ConfigList = change.Rules?.Json ?? stored?.ConfigList ?? "[]",
            IsOn = change.IsOn ?? stored?.IsOn ?? true,
            OwnRules = ReadOwnRules(stored, change.OwnRules, refusals),
            RuleSets = change.RuleSets is { } chosen
                ? await ReadRuleSetsAsync(chosen, refusals, cancellationToken) : stored?.RuleSets ?? "",
            Layout = ReadLayout(stored, change.Layout, refusals),
            Delivery = ReadPolicy(stored, change.Delivery, refusals),
            Tags = change.Tags is { } tags ? ReadTags(tags, refusals) : stored?.Tags ?? "",
            CreatedAt = stored?.CreatedAt ?? now,
            ChangedAt = now,
            ChangedBy = by,
            Version = stored?.Version ?? 0,
        }, refusals);
    }

    private async Task<string> ReadRuleSetsAsync(
        IReadOnlyList<int> chosen, List<FieldRefusal> refusals, CancellationToken cancellationToken)
    {
        if (await sets.CheckAsync(chosen, cancellationToken) is { } refusal)
        {
            refusals.Add(refusal);
        }

        return RuleSetIds.Write(chosen);
    }

    private async Task<RobotAddress> ReadDestinationAsync(
        DingTalkChatbot? stored, string? typed, List<FieldRefusal> refusals, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(typed) && stored is not null)
        {
            return new RobotAddress(stored.WebhookBase, stored.AccessToken, stored.Fingerprint, IsOther: false);
        }

        if (!webhooks.TryRead(typed, out var webhook, out var refusal))
        {
            refusals.Add(new FieldRefusal(nameof(ChatbotFormModel.Webhook), $"Webhook.{refusal}", string.Join(", ", webhooks.Entries)));
            return new RobotAddress(string.Empty, new ProtectedString(string.Empty, string.Empty), string.Empty, IsOther: false);
        }

        var fingerprint = await fingerprints.OfAsync(webhook.Identity, cancellationToken);
        var address = webhook.Endpoint.AbsoluteUri;
        return stored?.WebhookBase == address && stored.Fingerprint == fingerprint
            ? new RobotAddress(address, stored.AccessToken, fingerprint, IsOther: false)
            : new RobotAddress(address, protector.Protect(webhook.Token), fingerprint, IsOther: true);
    }

    private RobotSecurity ReadSecurity(DingTalkChatbot? stored, SecurityChange? change, bool isOtherRobot, List<FieldRefusal> refusals)
    {
        if (change is null)
        {
            return stored is null
                ? new RobotSecurity(RobotSecurityMode.Keyword, null, VendorKeyword)
                : new RobotSecurity(stored.SecurityMode, stored.Secret, stored.Keyword);
        }

        var keyword = string.IsNullOrWhiteSpace(change.Keyword) ? null : change.Keyword.Trim();
        if (keyword is null && change.Mode == RobotSecurityMode.Keyword)
        {
            refusals.Add(new FieldRefusal(nameof(ChatbotFormModel.Keyword), "Problem.KeywordMissing"));
        }
        else if (keyword is not null && (keyword.Length > MaxKeyword || !PlainText.IsLine(keyword)))
        {
            refusals.Add(new FieldRefusal(nameof(ChatbotFormModel.Keyword), "Problem.Keyword", MaxKeyword));
        }

        return new RobotSecurity(
            change.Mode,
            change.Mode == RobotSecurityMode.Signature ? ReadSecret(stored?.Secret, change.Secret?.Trim(), isOtherRobot, refusals) : null,
            keyword);
    }

    private ProtectedString? ReadSecret(ProtectedString? stored, string? typed, bool isOtherRobot, List<FieldRefusal> refusals)
    {
        if (string.IsNullOrEmpty(typed))
        {
            if (stored is not null && !isOtherRobot)
            {
                return stored;
            }

            // Whoever may change where messages go must not thereby make the stored secret sign for another robot.
            refusals.Add(new FieldRefusal(
                nameof(ChatbotFormModel.Secret), stored is null ? "Problem.SecretMissing" : "Problem.SecretAgain"));
            return null;
        }

        if (typed.Contains("://", StringComparison.Ordinal) || typed.Contains(WebhookUrl.TokenParameter, StringComparison.Ordinal))
        {
            refusals.Add(new FieldRefusal(nameof(ChatbotFormModel.Secret), "Problem.SecretIsWebhook"));
            return null;
        }

        if (typed.Length > MaxSecret)
        {
            refusals.Add(new FieldRefusal(nameof(ChatbotFormModel.Secret), "Problem.SecretTooLong", MaxSecret));
            return null;
        }

        return protector.Protect(typed);
    }

    private static (MentionMode Mode, string? Mobiles) ReadMentions(
        DingTalkChatbot? stored, MentionChange? change, List<FieldRefusal> refusals)
    {
        if (change is null)
        {
            return (stored?.Mention ?? MentionMode.Nobody, stored?.MentionMobiles);
        }

        if (change.Mode != MentionMode.Mobiles)
        {
            return (change.Mode, null);
        }

        if (!MobileNumbers.TryRead(change.Mobiles, out var numbers, out var refused))
        {
            refusals.Add(new FieldRefusal(nameof(ChatbotFormModel.Mobiles), "Problem.Mobile", refused!));
        }
        else if (numbers.Count == 0)
        {
            refusals.Add(new FieldRefusal(nameof(ChatbotFormModel.Mobiles), "Problem.MobilesMissing"));
        }

        var mobiles = string.Join(',', numbers);
        if (mobiles.Length > MaxMobiles)
        {
            refusals.Add(new FieldRefusal(nameof(ChatbotFormModel.Mobiles), "Problem.MobilesTooMany", MobileNumbers.Max));
        }

        return (change.Mode, mobiles);
    }

    private static string ReadName(string typed, List<FieldRefusal> refusals)
    {
        var name = typed.Trim();
        if (name.Length is < MinName or > MaxName || !PlainText.IsLine(name))
        {
            refusals.Add(new FieldRefusal(nameof(ChatbotFormModel.Name), "Problem.Name"));
        }

        return name;
    }

    private static int ReadInterval(int minutes, List<FieldRefusal> refusals)
    {
        if (minutes is < 0 or > ChannelPages.IntervalMinutes.Most)
        {
            refusals.Add(new FieldRefusal(nameof(ChatbotFormModel.Interval), "Problem.Interval", ChannelPages.IntervalMinutes.Most));
        }

        return minutes;
    }

    private static string ReadOwnRules(DingTalkChatbot? stored, string? change, List<FieldRefusal> refusals)
    {
        if (change is not null && OwnRuleCheck.Of(change) is { } wrong)
        {
            refusals.Add(new FieldRefusal(nameof(ChatbotFormModel.OwnRules), OwnRuleCheck.TextKey, wrong));
        }

        return change ?? stored?.OwnRules ?? OwnRuleJson.None;
    }

    private static string ReadLayout(DingTalkChatbot? stored, string? change, List<FieldRefusal> refusals)
    {
        if (change is not null && LayoutChecks.Of(change) is { } refusal)
        {
            refusals.Add(refusal);
        }

        return change ?? stored?.Layout ?? "";
    }

    private static DeliveryPolicy ReadPolicy(DingTalkChatbot? stored, DeliveryPolicy? change, List<FieldRefusal> refusals)
    {
        if (change is null)
        {
            return stored?.Delivery ?? DeliveryPolicy.Off;
        }

        var own = stored is null ? (ChannelKey?)null : new ChannelKey(ChannelKind.DingTalk, stored.Id);
        refusals.AddRange(DeliveryPolicyCheck.Of(change, own).Select(
            refusal => new FieldRefusal(refusal.Field, refusal.TextKey, refusal.Argument)));
        return change;
    }

    private static string ReadTags(IReadOnlyList<string> tags, List<FieldRefusal> refusals)
    {
        if (TagChecks.Of(tags) is { } refusal)
        {
            refusals.Add(refusal);
            return "";
        }

        return ChannelTags.Write(tags);
    }

    private static string ReadGroups(IReadOnlyList<string> typed, List<FieldRefusal> refusals)
    {
        var ids = new List<string>(typed.Count);
        foreach (var entry in typed)
        {
            if (!Rules.AssetGroupId.TryParse(entry.Trim(), out var id))
            {
                refusals.Add(new FieldRefusal(nameof(ChatbotFormModel.GroupIds), "Problem.Group", entry));
                return "[]";
            }

            ids.Add(id);
        }

        var distinct = ids.Distinct(StringComparer.Ordinal).ToList();
        if (distinct.Count > GroupIds.Max)
        {
            refusals.Add(new FieldRefusal(nameof(ChatbotFormModel.GroupIds), "Problem.GroupsTooMany", GroupIds.Max));
        }

        return GroupIds.Write(distinct);
    }

    private sealed record RobotAddress(string Base, ProtectedString Token, string Fingerprint, bool IsOther);

    private sealed record RobotSecurity(RobotSecurityMode Mode, ProtectedString? Secret, string? Keyword);
}
