using System.Globalization;
using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>One setting of an integration, for whatever goes through all of them: counting changes, conflicts, audit.</summary>
/// <param name="Name">The form model's property.</param>
/// <param name="VendorName">What the audit trail calls it.</param>
internal sealed record SlackFormField(
    string Name,
    string VendorName,
    Func<SlackIntegrationFormModel, string> Read,
    Action<SlackIntegrationFormModel, SlackIntegrationFormModel> Copy)
{
    /// <summary>The token's name; it is compared by other means than its value and so is not in <see cref="All"/>.</summary>
    public const string Token = nameof(SlackIntegrationFormModel.Token);

    public const string Workspace = nameof(SlackIntegrationFormModel.WorkspaceId);

    /// <summary>Every field but the token, in the form's order.</summary>
    public static readonly IReadOnlyList<SlackFormField> All =
    [
        new(nameof(SlackIntegrationFormModel.Name), "name", m => m.Name.Trim(), (from, to) => to.Name = from.Name),
        new(nameof(SlackIntegrationFormModel.ChannelId), "channelId", m => m.ChannelId.Trim(),
        (from, to) => (to.ChannelId, to.ChannelName) = (from.ChannelId, from.ChannelName)),
        new(
            Workspace,
            "workspaceId",
            m => m.WorkspaceId?.ToString(CultureInfo.InvariantCulture) ?? "",
            (from, to) => to.WorkspaceId = from.WorkspaceId),
        Flag(nameof(SlackIntegrationFormModel.IsOn), "isOn", m => m.IsOn, (m, on) => m.IsOn = on),
        Flag(nameof(SlackIntegrationFormModel.SlackNotify), "slackNotify", m => m.SlackNotify, (m, on) => m.SlackNotify = on),
        Flag(nameof(SlackIntegrationFormModel.SlackCompleteAborted), "slackCompleteAborted", m => m.SlackCompleteAborted,
        (m, on) => m.SlackCompleteAborted = on),
        Flag(nameof(SlackIntegrationFormModel.SlackAborted), "slackAborted", m => m.SlackAborted, (m, on) => m.SlackAborted = on),
        new(
            nameof(SlackIntegrationFormModel.SlackAvgThreat),
            "slackAvgThreat",
            m => m.SlackAvgThreat.ToString(),
            (from, to) => to.SlackAvgThreat = from.SlackAvgThreat),
        Flag(nameof(SlackIntegrationFormModel.SlackStartFromSchedule), "slackStartFromSchedule", m => m.SlackStartFromSchedule,
        (m, on) => m.SlackStartFromSchedule = on),
        Flag(nameof(SlackIntegrationFormModel.SlackStartFromQueue), "slackStartFromQueue", m => m.SlackStartFromQueue,
        (m, on) => m.SlackStartFromQueue = on),
        Flag(nameof(SlackIntegrationFormModel.SlackStop), "slackStop", m => m.SlackStop, (m, on) => m.SlackStop = on),
        Flag(nameof(SlackIntegrationFormModel.SlackPause), "slackPause", m => m.SlackPause, (m, on) => m.SlackPause = on),
        Flag(nameof(SlackIntegrationFormModel.SlackUnpause), "slackUnpause", m => m.SlackUnpause, (m, on) => m.SlackUnpause = on),
        Flag(nameof(SlackIntegrationFormModel.SlackDelete), "slackDelete", m => m.SlackDelete, (m, on) => m.SlackDelete = on),
        .. DeliveryPolicyField.All.Select(part => new SlackFormField(
            part.Name, part.AuditName, m => part.Read(m.Delivery), (from, to) => to.Delivery = part.Take(from.Delivery, to.Delivery))),
    ];

    public bool Differs(SlackIntegrationFormModel one, SlackIntegrationFormModel other) => Read(one) != Read(other);

    private static SlackFormField Flag(
        string name, string vendorName, Func<SlackIntegrationFormModel, bool> read, Action<SlackIntegrationFormModel, bool> write) =>
        new(name, vendorName, m => read(m) ? "true" : "false", (from, to) => write(to, read(from)));
}
