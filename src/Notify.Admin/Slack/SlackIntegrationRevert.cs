using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>Takes edits of integrations back. Tokens are not in the trail, and policies only in brief.</summary>
internal sealed class SlackIntegrationRevert(SlackIntegrationService service, IStringLocalizer<SlackText> texts) : IAuditRevert
{
    public IReadOnlyCollection<string> Actions => ["slack-integration.update"];

    public FieldMemory MemoryOf(string field) =>
        DeliveryPolicyField.All.Any(part => part.AuditName == field) ? FieldMemory.Brief
        : SlackFormField.All.Any(known => known.VendorName == field) ? FieldMemory.Whole
        : FieldMemory.Secret;

    public async Task<IReadOnlyDictionary<string,
        string?>?> ReadAsync(AuditEntry entry, Actor actor, CancellationToken cancellationToken) =>
        await FindAsync(entry, actor, cancellationToken) is { } found
            ? SlackFormField.All.ToDictionary(field => field.VendorName, field => field.Read(found.Values) is { Length: > 0 } value
                ? value : null)
            : null;

    public async Task<RevertResult> ApplyAsync(AuditEntry entry, IReadOnlyList<FieldChange> changes, Actor actor,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(entry, actor, cancellationToken) is not { } found)
        {
            return new RevertResult(false, texts["Gone.Title"]);
        }

        var model = found.Values.Copy();
        foreach (var change in changes)
        {
            Set(model, change.Field, change.After ?? "");
        }

        return await service.SaveAsync(found, model, actor, cancellationToken) switch
        {
            SlackSaveResult.Saved => new RevertResult(true),
            SlackSaveResult.Invalid invalid =>
            new RevertResult(false, string.Join(' ', invalid.Refusals.Select(refusal =>
            texts[refusal.TextKey, refusal.Argument ?? ""].Value))),
            SlackSaveResult.Conflict => new RevertResult(false, texts["Conflict.Title"]),
            _ => new RevertResult(false, texts["Gone.Title"]),
        };
    }

    private static void Set(SlackIntegrationFormModel model, string field, string value)
    {
        var isOn = value == "true";
        switch (field)
        {
            case "name": model.Name = value; break;
            case "channelId": model.EnterChannel(value); break;
            case "workspaceId": model.WorkspaceId = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? id : null; break;
            case "isOn": model.IsOn = isOn; break;
            case "slackNotify": model.SlackNotify = isOn; break;
            case "slackCompleteAborted": model.SlackCompleteAborted = isOn; break;
            case "slackAborted": model.SlackAborted = isOn; break;
            case "slackAvgThreat": model.SlackAvgThreat = Enum.Parse<SlackAvgThreat>(value); break;
            case "slackStartFromSchedule": model.SlackStartFromSchedule = isOn; break;
            case "slackStartFromQueue": model.SlackStartFromQueue = isOn; break;
            case "slackStop": model.SlackStop = isOn; break;
            case "slackPause": model.SlackPause = isOn; break;
            case "slackUnpause": model.SlackUnpause = isOn; break;
            case "slackDelete": model.SlackDelete = isOn; break;
            default: throw new ArgumentException($"The trail's field '{field}' has no setting.", nameof(field));
        }
    }

    private async Task<SlackIntegrationView?> FindAsync(AuditEntry entry, Actor actor, CancellationToken cancellationToken) =>
        int.TryParse(entry.SubjectId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? await service.FindAsync(id, actor, cancellationToken) : null;
}
