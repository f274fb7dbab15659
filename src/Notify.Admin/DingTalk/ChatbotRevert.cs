using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>Takes edits of chatbots back. Of webhooks and signing secrets the trail has the last four characters, and of policies the
/// brief.</summary>
internal sealed class ChatbotRevert(DingTalkChatbotService service, IStringLocalizer<AuditText> texts) : IAuditRevert
{
    public IReadOnlyCollection<string> Actions => ["dingtalk-chatbot.update"];

    public FieldMemory MemoryOf(string field) =>
        field is "url" or "secret" ? FieldMemory.Secret
        : DeliveryPolicyField.All.Any(part => part.AuditName == field) ? FieldMemory.Brief
        : FieldMemory.Whole;

    public async Task<IReadOnlyDictionary<string,
        string?>?> ReadAsync(AuditEntry entry, Actor actor, CancellationToken cancellationToken) =>
        await FindAsync(entry, actor, cancellationToken) is { } found ? DingTalkChatbotService.Describe(found) : null;

    public async Task<RevertResult> ApplyAsync(AuditEntry entry, IReadOnlyList<FieldChange> changes, Actor actor,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(entry, actor, cancellationToken) is not { } found)
        {
            return new RevertResult(false, texts["Revert.Block.Gone"]);
        }

        var change = new ChatbotChange { Id = found.Id, ExpectedVersion = found.Version, Name = found.Name };
        foreach (var (field, _, value) in changes)
        {
            change = With(change, found, field, value);
        }

        var result = await service.SaveAsync(change, actor, cancellationToken);
        return result.Outcome switch
        {
            ChatbotSaveOutcome.Saved => new RevertResult(true),
            ChatbotSaveOutcome.Invalid => new RevertResult(false, string.Join(' ', result.Problems.Select(problem => problem.Message))),
            ChatbotSaveOutcome.Conflict => new RevertResult(false, texts["Revert.Block.ChangedSince"]),
            _ => new RevertResult(false, texts["Revert.Block.Gone"]),
        };
    }

    private static ChatbotChange With(ChatbotChange change, DingTalkChatbot found, string field, string? value)
    {
        var security = change.Security ?? new SecurityChange(found.SecurityMode, null, found.Keyword);
        var mentions = change.Mentions ?? new MentionChange(found.Mention, found.MentionMobiles);
        return field switch
        {
            "name" => change with { Name = value ?? "" },
            "securityMode" => change with { Security = security with { Mode = Enum.Parse<RobotSecurityMode>(value!) } },
            "keyword" => change with { Security = security with { Keyword = value } },
            "intervalTime" => change with { IntervalMinutes = int.Parse(value!, CultureInfo.InvariantCulture) },
            "dingTalkLang" => change with { Language = Enum.Parse<DingTalkLanguage>(value!) },
            "mention" => change with { Mentions = mentions with { Mode = Enum.Parse<MentionMode>(value!) } },
            "mobiles" => change with { Mentions = mentions with { Mobiles = value } },
            "groupIdList" => change with { GroupIds = GroupIds.Read(value ?? "[]") },
            "configList" => change with { Rules = ConfigList.Parse(value ?? "[]").List ?? ConfigList.Empty },
            "status" => change with { IsOn = value == "1" },
            _ => throw new ArgumentException($"The trail's field '{field}' has no setting.", nameof(field)),
        };
    }

    private async Task<DingTalkChatbot?> FindAsync(AuditEntry entry, Actor actor, CancellationToken cancellationToken) =>
        int.TryParse(entry.SubjectId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? await service.FindAsync(id, actor, cancellationToken) : null;
}
