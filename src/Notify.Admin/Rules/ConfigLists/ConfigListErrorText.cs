using System.Globalization;

namespace Notify.Admin.Rules;

/// <summary>The sentences for <see cref="ConfigListError"/>: the same words in the API's answers and in the editor.</summary>
internal static class ConfigListErrorText
{
    public static string Describe(ConfigListError error, RuleLanguage language)
    {
        var args = error.Fault == ConfigListFault.WrongType
            ? error.Args.Select(name => (object)NameOf(name).In(language))
            : error.Args.Select(object (arg) => arg);
        return string.Format(CultureInfo.InvariantCulture, Template(error.Fault).In(language), [.. args]);
    }

    private static Bilingual Template(ConfigListFault fault) => fault switch
    {
        ConfigListFault.NotValidJson => new("This is not valid JSON: “{0}” cannot stand here.", "JSON 格式不正确：此处不应出现“{0}”。"),
        ConfigListFault.EndsTooEarly => new("The text ends before the JSON is complete.", "JSON 不完整，文本提前结束。"),
        ConfigListFault.TooLong => new("The text is longer than {0} characters.", "文本超过 {0} 个字符。"),
        ConfigListFault.TooDeep => new("Arrays and objects are nested too deeply here.", "此处数组和对象嵌套过深。"),
        ConfigListFault.WrongType => new("Here must be {0}, not {1}.", "此处应为{0}，而不是{1}。"),
        ConfigListFault.UnknownMember => new("“{0}” is not known here; the members are {1}.", "此处没有名为“{0}”的成员，可用的成员为 {1}。"),
        ConfigListFault.DuplicateMember => new("“{0}” is given twice.", "“{0}”出现了两次。"),
        ConfigListFault.MissingMember => new("“{0}” is missing.", "缺少“{0}”。"),
        ConfigListFault.UnknownType => new(
            "“{0}” is not a known alert type: after “sas-event-” must come one of {1}.",
            "“{0}”不是已知的告警类型：“sas-event-”之后应为 {1} 之一。"),
        ConfigListFault.RepeatedType => new(
            "The alert type “{0}” already has a rule, at {1}; put both into one.",
            "告警类型“{0}”在 {1} 处已有规则，请合并为一条。"),
        ConfigListFault.UnknownKey => new("“{0}” is not a key of “{1}”; its keys are {2}.", "“{1}”没有名为“{0}”的 key，可用的 key 为 {2}。"),
        ConfigListFault.RepeatedKey => new("The key “{0}” is already used, at {1}.", "key“{0}”在 {1} 处已经使用。"),
        ConfigListFault.UnknownValue => new(
            "“{0}” is not a value of “{1}” for “{2}”; the values are {3}.",
            "“{0}”不是“{2}”的“{1}”取值，可用的取值为 {3}。"),
        ConfigListFault.RepeatedValue => new("The value “{0}” is already listed, at {1}.", "取值“{0}”在 {1} 处已经列出。"),
        ConfigListFault.EmptyValueList => new(
            "The list is empty: name at least one value, or “all”.",
            "列表为空：请至少填写一个取值，或填写“all”。"),
        ConfigListFault.AllBesideOthers => new(
            "“all” already accepts everything and must be the only value.",
            "“all”已包含全部，不能与其他取值并列。"),
        ConfigListFault.EmptyValue => new("The value is blank.", "取值为空白。"),
        ConfigListFault.ValueTooLong => new("The value is longer than {0} characters.", "取值超过 {0} 个字符。"),
        ConfigListFault.ControlCharacter => new("The value contains a control character or another that cannot be seen.", "取值包含控制字符或不可见字符。"),
        ConfigListFault.TooManyValues => new("The list has more than {0} values.", "列表超过 {0} 个取值。"),
    };

    private static Bilingual NameOf(string jsonType) => jsonType switch
    {
        "array" => new("an array", "数组"),
        "object" => new("an object", "对象"),
        "string" => new("a string", "字符串"),
        "number" => new("a number", "数字"),
        "boolean" => new("true or false", "布尔值"),
        _ => new("null", " null"),
    };
}
