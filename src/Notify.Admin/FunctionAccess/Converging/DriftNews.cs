using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Shared;

namespace Notify.Admin.FunctionAccess;

/// <summary>Raises <c>notify.access.drifted</c>: somebody changed a managed list at Slack.</summary>
internal sealed class DriftNews(IProductEvents events, IStringLocalizer<AccessText> texts)
{
    public const string EventType = "notify.access.drifted";

    /// <returns>False when the store cannot take it now.</returns>
    public Task<bool> TellAsync(ManagedFunction function)
    {
        var now = function.Now!;
        var plan = AccessPlanner.Make(function.Wanted, now);
        return events.RaiseAsync(new ProductEvent(
            EventType,
            $"access-{function.Id}-{function.DriftedAt!.Value.UtcTicks:x}-{now.Basis}",
            Words("en", function, plan),
            Words("zh-CN", function, plan))
        {
            Severity = Severity.Medium,
            Data = new JsonObject
            {
                ["function"] = function.Id,
                ["name"] = function.Name,
                ["functionId"] = function.FunctionId,
                ["callbackId"] = function.CallbackId,
                ["appId"] = function.AppId,
                ["typeWanted"] = function.Wanted.PermissionType,
                ["typeNow"] = now.PermissionType,
                ["gained"] = new JsonArray([.. plan.Gains.Select(user => JsonValue.Create(user.UserId))]),
                ["lost"] = new JsonArray([.. plan.Loses.Select(user => JsonValue.Create(user.UserId))]),
            },
        });
    }

    private EventWords Words(string language, ManagedFunction function, AccessPlan plan) =>
        Speaking.In(CultureInfo.GetCultureInfo(language), () => new EventWords(
        texts["Drift.Event.Title", function.Name],
        plan.ChangesType
            ? texts["Drift.Event.Type", texts[$"Type.{plan.TypeFrom}"].Value, texts[$"Type.{plan.TypeTo}"].Value]
            : texts["Drift.Event.Members", plan.Gains.Count, plan.Loses.Count, plan.TeamsGain.Count + plan.OrgsGain.Count,
                plan.TeamsLose.Count + plan.OrgsLose.Count]));
}
