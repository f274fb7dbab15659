using System.Globalization;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.LiveForms;

namespace Notify.Admin.Slack;

/// <summary>What an integration lets people set.</summary>
internal static class SlackFields
{
    public static readonly FormTable<SlackIntegrationView, SlackIntegrationFormModel> Table =
        new FormTable<SlackIntegrationView, SlackIntegrationFormModel>()
            .Text(model => model.Name)
            .Field(new(nameof(SlackIntegrationFormModel.ChannelId), "channelId", model => model.ChannelId.Trim(),
                (from, to) => (to.ChannelId, to.ChannelName) = (from.ChannelId, from.ChannelName))
            {
                IsTested = true,
                Write = (model, text) => model.EnterChannel(text),
            })
            .Field(new(nameof(SlackIntegrationFormModel.WorkspaceId), "workspaceId",
                model => model.WorkspaceId?.ToString(CultureInfo.InvariantCulture) ?? "",
                (from, to) => to.WorkspaceId = from.WorkspaceId)
            {
                IsTested = true,
                Write = (model, text) =>
                    model.WorkspaceId = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
            })
            .Secret(new(nameof(SlackIntegrationFormModel.Token), "slackToken", model => model.HasToken ? model.Token : null,
                (from, to) => to.Token = from.Token,
                stored => stored.TokenLastFour is { } four ? $"…{four}" : null,
                stored => stored.TokenMark))
            .Flag(model => model.IsOn)
            .Flag(model => model.SlackNotify)
            .Flag(model => model.SlackCompleteAborted)
            .Flag(model => model.SlackAborted)
            .Choice(model => model.SlackAvgThreat)
            .Flag(model => model.SlackStartFromSchedule)
            .Flag(model => model.SlackStartFromQueue)
            .Flag(model => model.SlackStop)
            .Flag(model => model.SlackPause)
            .Flag(model => model.SlackUnpause)
            .Flag(model => model.SlackDelete)
            .OwnRules()
            .RuleSets()
            .Tags()
            .Choice(model => model.Language, "messageLanguage")
            .Layout()
            .Choice(model => model.Mention)
            .Field(new(nameof(SlackIntegrationFormModel.MentionIds), "mentionIds", model => model.ReadMentionIds(),
                (from, to) => to.MentionIds = from.MentionIds)
            {
                Write = (model, text) => model.MentionIds = text,
            })
            .Choice(model => model.MentionFrom)
            .Choice(model => model.FollowUp)
            .Flag(model => model.Buttons)
            .Interval()
            .Policies();

    /// <summary>Where on the page: each field in one part.</summary>
    public static readonly IReadOnlyList<ChannelTab> Parts =
    [
        new(ChannelTab.Destination,
        [
            nameof(SlackIntegrationFormModel.Name), nameof(SlackIntegrationFormModel.WorkspaceId), nameof(SlackIntegrationFormModel.Token),
            nameof(SlackIntegrationFormModel.ChannelId), nameof(SlackIntegrationFormModel.Tags),
        ]),
        new(ChannelTab.Rules,
        [
            nameof(SlackIntegrationFormModel.IsOn), nameof(SlackIntegrationFormModel.SlackNotify),
            nameof(SlackIntegrationFormModel.SlackCompleteAborted), nameof(SlackIntegrationFormModel.SlackAborted),
            nameof(SlackIntegrationFormModel.SlackAvgThreat), nameof(SlackIntegrationFormModel.SlackStartFromSchedule),
            nameof(SlackIntegrationFormModel.SlackStartFromQueue), nameof(SlackIntegrationFormModel.SlackStop),
            nameof(SlackIntegrationFormModel.SlackPause), nameof(SlackIntegrationFormModel.SlackUnpause),
            nameof(SlackIntegrationFormModel.SlackDelete), nameof(SlackIntegrationFormModel.OwnRules),
            nameof(SlackIntegrationFormModel.RuleSets),
        ]),
        new(ChannelTab.Messages,
        [
            nameof(SlackIntegrationFormModel.Language), nameof(SlackIntegrationFormModel.Layout),
            nameof(SlackIntegrationFormModel.Mention),
            nameof(SlackIntegrationFormModel.MentionIds), nameof(SlackIntegrationFormModel.MentionFrom),
            nameof(SlackIntegrationFormModel.FollowUp), nameof(SlackIntegrationFormModel.Buttons),
        ]),
        new(ChannelTab.Delivery, [nameof(SlackIntegrationFormModel.Interval), .. DeliveryPolicyField.All.Select(part => part.Name)]),
    ];
}
