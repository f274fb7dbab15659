using System.Globalization;
using Notify.Admin.ChannelPages;
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
            .Policies();
}
