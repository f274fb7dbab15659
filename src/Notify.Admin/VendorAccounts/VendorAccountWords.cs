using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Rules;

namespace Notify.Admin.VendorAccounts;

/// <summary>Codes and addresses in the reader's language.</summary>
internal static class VendorAccountWords
{
    /// <summary>What a code means.</summary>
    public static string MeaningOf(IStringLocalizer<VendorAccountText> texts, string code) =>
        texts[$"Code.{VendorCodes.FamilyOf(code)}"];

    /// <summary>What to do about it.</summary>
    public static string MendOf(IStringLocalizer<VendorAccountText> texts, string code) =>
        texts[$"Code.{VendorCodes.FamilyOf(code)}.Mend"];

    /// <summary>A text of its own for a vendor, or the one that names it.</summary>
    public static string Of(IStringLocalizer<VendorAccountText> texts, string key, VendorKind vendor) =>
        texts[$"{key}.{vendor}"] is { ResourceNotFound: false } own ? own : texts[key, InText(texts, vendor)].Value.Trim();

    /// <summary>The vendor's name within a sentence: Chinese has a space on both sides of a Latin one.</summary>
    public static string InText(IStringLocalizer<VendorAccountText> texts, VendorKind vendor) => texts[$"Vendor.{vendor}.InText"];

    /// <summary>A published setting's value.</summary>
    /// <param name="value">Null where it is not there yet.</param>
    public static string OfSetting(IStringLocalizer<VendorAccountText> texts, string field, string? value) => (field, value) switch
    {
        (_, null) => texts["Value.none"],
        ("configList", _) => ConfigList.Parse(value).List is not { } list ? value
            : list.Rules.IsEmpty ? texts["Value.rules"]
            : RuleSentence.Brief(list, Bilingual.LanguageOf(CultureInfo.CurrentUICulture)),
        ("groupIdList", "") => texts["Value.groups"],
        ("status" or "dingTalkLang" or "slackAvgThreat", _) or (_, "true" or "false") => texts[$"Value.{value}"],
        _ => value,
    };

    /// <summary>A site of the vendor by name, another address as it is.</summary>
    public static string OfEndpoint(IStringLocalizer<VendorAccountText> texts, string endpoint) => endpoint switch
    {
        "https://tds.cn-shanghai.aliyuncs.com" => texts["Endpoint.China", endpoint],
        "https://tds.ap-southeast-1.aliyuncs.com" => texts["Endpoint.Outside", endpoint],
        _ => endpoint,
    };
}
