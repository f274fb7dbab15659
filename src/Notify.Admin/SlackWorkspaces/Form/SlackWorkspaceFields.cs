using Notify.Admin.LiveForms;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>What a workspace lets people set. A renewed pair of tokens is no change by anybody: whose pair it was cannot be told, so typing
/// one means to replace it.</summary>
internal static class SlackWorkspaceFields
{
    public static readonly FormTable<SlackWorkspaceView, SlackWorkspaceFormModel> Table =
        new FormTable<SlackWorkspaceView, SlackWorkspaceFormModel> { MergesUntouched = true }
            .Text(model => model.Name)
            .Secret(new(nameof(SlackWorkspaceFormModel.BotToken), SlackWorkspaceBody.BotTokenField,
                model => model.HasBotToken ? model.BotToken : null, (from, to) => to.BotToken = from.BotToken,
                stored => $"…{stored.BotTokenLastFour}", stored => stored.BotTokenMark))
            .Secret(new(nameof(SlackWorkspaceFormModel.ConfigToken), SlackWorkspaceBody.ConfigTokenField,
                model => model.HasConfigToken ? model.ConfigToken : null, (from, to) => to.ConfigToken = from.ConfigToken,
                stored => stored.Pair.ConfigTokenLastFour is { } four ? $"…{four}" : null, _ => null))
            .Secret(new(nameof(SlackWorkspaceFormModel.RefreshToken), SlackWorkspaceBody.RefreshTokenField,
                model => model.HasRefreshToken ? model.RefreshToken : null, (from, to) => to.RefreshToken = from.RefreshToken,
                stored => stored.Pair.RefreshTokenLastFour is { } four ? $"…{four}" : null, _ => null)
            {
                PartOf = nameof(SlackWorkspaceFormModel.ConfigToken),
            })
            .Secret(new(nameof(SlackWorkspaceFormModel.AppToken), SlackWorkspaceBody.AppTokenField,
                model => model.HasAppToken ? model.AppToken : null, (from, to) => to.AppToken = from.AppToken,
                stored => stored.AppTokenLastFour is { } four ? $"…{four}" : null, stored => stored.AppTokenMark));
}
