using System.Reflection;
using System.Text.Json.Nodes;
using Notify.Admin.Channels;
using Notify.Admin.Sources;

namespace Notify.Admin.ConfigFiles;

/// <summary>Parts of delivery policies, and bound channels: what is off is left out.</summary>
internal static class ConfigPolicies
{
    // How often a scheduled test comes.
    private static readonly string[] Rhythms = ["day", "everyDays"];

    internal delegate ConfigField<TModel> Maker<TModel>(
        JsonObject schema, Func<TModel, ConfigNames, ConfigNode?> print, Action<TModel, ConfigNode, ConfigPlace> take);

    public static ConfigField<TModel> Of<TModel>(string part, Maker<TModel> make)
    {
        var property = typeof(TModel).GetProperty("Delivery")!;
        DeliveryPolicy PolicyOf(TModel model) => (DeliveryPolicy)property.GetValue(model)!;
        return make(
            Schema(part),
            (model, names) => Print(part, PolicyOf(model), names),
            (model, node, place) => property.SetValue(model, Take(part, PolicyOf(model), node, place))) with
            {
                Alternatives = part == nameof(DeliveryPolicy.Drills) ? Rhythms : [],
            };
    }

    public static ConfigField<TModel> Channels<TModel>(PropertyInfo property, Maker<TModel> make) => make(
        new() { ["type"] = "array", ["items"] = ConfigFields.Type("string") },
        (model, names) => new ConfigSequence(0, [.. BoundChannels.Read((string)property.GetValue(model)!)
            .Select(key => ConfigScalar.Of(names.NameOf(key)))]),
        (model, node, place) => property.SetValue(model, BoundChannels.Write((place.Texts(node) ?? []).Select((text, index) =>
        {
            var found = place.Names.Find(text, out var problem);
            if (problem is { } rule)
            {
                place.At(index).Refuse(((ConfigSequence)node).Items[index].Line, rule);
            }

            return found;
        }).OfType<ChannelKey>())));

    private static JsonObject Schema(string part)
    {
        JsonObject properties = part switch
        {
            nameof(DeliveryPolicy.QuietHours) => new()
            {
                ["days"] = new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = ConfigFields.OneOf(WeekDaysExtensions.Each.Select(day => day.ToString())),
                },
                ["from"] = ConfigFields.Type("string"),
                ["to"] = ConfigFields.Type("string"),
                ["timeZone"] = ConfigFields.Type("string"),
                ["letCriticalThrough"] = ConfigFields.Type("boolean"),
            },
            nameof(DeliveryPolicy.Deduplication) => new() { ["minutes"] = ConfigFields.Type("integer") },
            nameof(DeliveryPolicy.Fallback) => new()
            {
                ["to"] = ConfigFields.Type("string"),
                ["afterMinutes"] = ConfigFields.Type("integer"),
            },
            _ => new()
            {
                ["day"] = ConfigFields.OneOf(Enum.GetNames<DayOfWeek>()),
                ["everyDays"] = ConfigFields.Type("integer"),
                ["at"] = ConfigFields.Type("string"),
                ["timeZone"] = ConfigFields.Type("string"),
            },
        };
        return new() { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }

    private static ConfigMap? Print(string part, DeliveryPolicy policy, ConfigNames names) => part switch
    {
        nameof(DeliveryPolicy.QuietHours) when policy.QuietHours is { IsOn: true } quiet => ConfigMap.Of(
        [
            ("days", new ConfigSequence(0, [.. WeekDaysExtensions.Each.Where(day => quiet.Days.HasFlag(day))
                .Select(day => ConfigScalar.Of(day.ToString()))])),
            ("from", Time(quiet.From)), ("to", Time(quiet.To)), ("timeZone", ConfigScalar.Of(quiet.TimeZone)),
            ("letCriticalThrough", ConfigScalar.Of(quiet.LetCriticalThrough)),
        ]),
        nameof(DeliveryPolicy.Deduplication) when policy.Deduplication is { IsOn: true } counted =>
            ConfigMap.Of([("minutes", Number(counted.Minutes))]),
        nameof(DeliveryPolicy.Fallback) when policy.Fallback is { IsOn: true } fallback => ConfigMap.Of(
        [
            ("to", fallback.To is { } to ? ConfigScalar.Of(names.NameOf(to)) : null), ("afterMinutes", Number(fallback.AfterMinutes)),
        ]),
        nameof(DeliveryPolicy.Drills) when policy.Drills is { IsOn: true } drills => ConfigMap.Of(
        [
            drills.Rhythm == DrillRhythm.Weekly ? ("day", ConfigScalar.Of(drills.Day.ToString())) : ("everyDays", Number(drills.EveryDays)),
            ("at", Time(drills.At)), ("timeZone", ConfigScalar.Of(drills.TimeZone)),
        ]),
        _ => null,
    };

    private static DeliveryPolicy Take(string part, DeliveryPolicy policy, ConfigNode node, ConfigPlace place)
    {
        string[] keys = [.. ((JsonObject)Schema(part)["properties"]!).Select(pair => pair.Key)];
        if (place.Map(node, keys) is not { } map)
        {
            return policy;
        }

        ConfigNode? At(string key) => map.Find(key)?.Value;
        if (part == nameof(DeliveryPolicy.Drills) && At("day") is { } extra && At("everyDays") is not null)
        {
            place.At("day").Refuse(extra.Line, ConfigRules.Beside("everyDays"));
        }

        return part switch
        {
            nameof(DeliveryPolicy.QuietHours) => policy with
            {
                QuietHours = new QuietHours
                {
                    IsOn = true,
                    Days = At("days") is { } days ? Days(days, place.At("days")) : WeekDays.All,
                    From = At("from") is { } from ? place.At("from").Time(from) : null,
                    To = At("to") is { } to ? place.At("to").Time(to) : null,
                    TimeZone = At("timeZone") is { } zone ? place.At("timeZone").Text(zone) ?? "" : "",
                    LetCriticalThrough = At("letCriticalThrough") is not { } through
                        || (place.At("letCriticalThrough").Flag(through) ?? true),
                },
            },
            nameof(DeliveryPolicy.Deduplication) => policy with
            {
                Deduplication = new Deduplication
                {
                    IsOn = true,
                    Minutes = At("minutes") is { } minutes ? place.At("minutes").Number(minutes) : null,
                },
            },
            nameof(DeliveryPolicy.Fallback) => policy with
            {
                Fallback = new Fallback
                {
                    IsOn = true,
                    To = At("to") is { } to ? Channel(to, place.At("to")) : null,
                    AfterMinutes = At("afterMinutes") is { } after ? place.At("afterMinutes").Number(after) : null,
                },
            },
            _ => policy with
            {
                Drills = new DrillSchedule
                {
                    IsOn = true,
                    Rhythm = At("everyDays") is null ? DrillRhythm.Weekly : DrillRhythm.EveryDays,
                    Day = At("day") is { } day ? (DayOfWeek?)place.At("day").Choice(day, typeof(DayOfWeek)) ?? default : DayOfWeek.Monday,
                    EveryDays = At("everyDays") is { } every ? place.At("everyDays").Number(every) : new DrillSchedule().EveryDays,
                    At = At("at") is { } at ? place.At("at").Time(at) : null,
                    TimeZone = At("timeZone") is { } zone ? place.At("timeZone").Text(zone) ?? "" : "",
                },
            },
        };
    }

    private static WeekDays Days(ConfigNode node, ConfigPlace place) => node is ConfigSequence list
        ? list.Items.Select(item => place.Choice(item, typeof(DayOfWeek))).OfType<DayOfWeek>()
            .Aggregate(WeekDays.None, (days, day) => days | WeekDaysExtensions.Each[((int)day + 6) % 7])
        : RefuseDays(node, place);

    private static WeekDays RefuseDays(ConfigNode node, ConfigPlace place)
    {
        place.Refuse(node.Line, ConfigRules.Days);
        return WeekDays.None;
    }

    private static ChannelKey? Channel(ConfigNode node, ConfigPlace place)
    {
        if (place.Text(node) is not { } text)
        {
            return null;
        }

        var found = place.Names.Find(text, out var problem);
        if (problem is { } rule)
        {
            place.Refuse(node.Line, rule);
        }

        return found;
    }

    private static ConfigScalar? Number(int? number) => number is { } known ? ConfigScalar.Of(known) : null;

    private static ConfigScalar? Time(TimeOnly? time) => time is { } known
        ? ConfigScalar.Of(known.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)) : null;
}
