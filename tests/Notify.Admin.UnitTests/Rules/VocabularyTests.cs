using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

public sealed class VocabularyTests
{
    /// <summary>The vendor's table: type, key, literal, English, Chinese.</summary>
    public static TheoryData<string, string, string, string, string> VendorTable => new()
    {
        { "vul", "type", "all", "All", "全部" },
        { "vul", "type", "cms", "Web-CMS vulnerability", "Web-CMS漏洞" },
        { "vul", "type", "oval", "Linux software vulnerability", "Linux软件漏洞" },
        { "vul", "type", "sys", "Windows system vulnerability", "Windows系统漏洞" },
        { "vul", "type", "emg", "Urgent vulnerability", "应急漏洞" },
        { "vul", "necessity", "all", "All", "全部" },
        { "vul", "necessity", "asap", "High", "高" },
        { "vul", "necessity", "later", "Medium", "中" },
        { "vul", "necessity", "nntf", "Low", "低" },
        { "hc", "item_level", "all", "All", "全部" },
        { "hc", "item_level", "high", "High", "高危" },
        { "hc", "item_level", "medium", "Medium", "中危" },
        { "hc", "item_level", "low", "Low", "低危" },
        { "suspicious", "item_level", "all", "All", "全部" },
        { "suspicious", "item_level", "serious", "Critical", "紧急" },
        { "suspicious", "item_level", "suspicious", "Suspicious", "可疑" },
        { "suspicious", "item_level", "remind", "Remind", "提醒" },
        { "suspicious", "event_type", "all", "All", "全部" },
        { "suspicious", "event_type", "Suspicious process", "Suspicious process", "进程异常行为" },
        { "suspicious", "event_type", "Webshell", "Webshell", "网站后门" },
        { "suspicious", "event_type", "Unusual logon", "Unusual logon", "异常登录" },
        { "suspicious", "event_type", "Exception", "Exception", "异常事件" },
        { "suspicious", "event_type", "Sensitive file tampering", "Sensitive file tampering", "敏感文件篡改" },
        { "suspicious", "event_type", "Malicious process (cloud threat detection)", "Malicious process (cloud threat detection)",
            "恶意进程（云查杀）" },
        { "suspicious", "event_type", "Unusual network connection", "Unusual network connection", "异常网络连接" },
        { "suspicious", "event_type", "Others", "Others", "其他" },
        { "suspicious", "event_type", "Abnormal account", "Abnormal account", "异常账号" },
        { "suspicious", "event_type", "Application intrusion event", "Application intrusion event", "应用入侵事件" },
        { "suspicious", "event_type", "Cloud threat detection", "Cloud threat detection", "云产品威胁检测" },
        { "suspicious", "event_type", "Precision defense", "Precision defense", "精准防御" },
        { "suspicious", "event_type", "Application whitelist", "Application whitelist", "应用白名单" },
        { "suspicious", "event_type", "Persistent webshell", "Persistent webshell", "持久化后门" },
        { "ak-leakage", "type", "all", "All", "全部" },
        { "honeypot", "item_level", "all", "All", "全部" },
        { "honeypot", "item_level", "high", "High", "高危" },
        { "honeypot", "item_level", "medium", "Medium", "中危" },
        { "honeypot", "item_level", "low", "Low", "低危" },
        { "rasp", "item_level", "all", "All", "全部" },
        { "rasp", "item_level", "high", "High", "高危" },
        { "rasp", "item_level", "medium", "Medium", "中危" },
        { "rasp", "item_level", "low", "Low", "低危" },
    };

    [Theory]
    [MemberData(nameof(VendorTable))]
    public void Find_EachRowOfTheVendorsTable_HasItsWords(string suffix, string key, string literal, string english, string chinese)
    {
        var value = Vocabulary.Find(suffix)!.FindKey(key)!.Find(literal)!;

        value.Literal.ShouldBe(literal);
        value.Label.ShouldBe(new Bilingual(english, chinese));
    }

    [Fact]
    public void AlertTypes_AsAWhole_AreTheVendorsTableInItsOrder()
    {
        var rows = Vocabulary.AlertTypes.SelectMany(type =>
            type.Keys.SelectMany(key => key.Values.Select(value => (type.Suffix, key.Name, value.Literal))));

        rows.ShouldBe(VendorTable.Select(row => (row.Data.Item1, row.Data.Item2, row.Data.Item3)));
    }

    [Fact]
    public void AlertTypes_OnlyTheAlertCategory_IsOpen()
    {
        var open = Vocabulary.AlertTypes.SelectMany(type => type.Keys).Where(key => key.IsOpen);

        open.ShouldHaveSingleItem().Name.ShouldBe(Vocabulary.EventType);
    }

    [Fact]
    public void AlertTypes_EveryText_IsThereInBothLanguages()
    {
        foreach (var type in Vocabulary.AlertTypes)
        {
            Bilingual[] texts =
            [
                type.Label, type.Noun, type.Explanation,
                .. type.Keys.SelectMany(key => new[] { key.Label, key.Restricted, key.Unrestricted }),
                .. type.Keys.SelectMany(key => key.Values).Select(value => value.Label),
            ];

            texts.ShouldAllBe(text => text.En.Length > 0 && text.Zh.Length > 0);
        }
    }

    [Theory]
    [InlineData("进程异常行为", "Suspicious process")]
    [InlineData("恶意进程（云查杀）", "Malicious process (cloud threat detection)")]
    [InlineData("Suspicious network connection", "Unusual network connection")]
    [InlineData("Suspicious account", "Abnormal account")]
    [InlineData("Precise defense", "Precision defense")]
    [InlineData("Other", "Others")]
    [InlineData("webshell", "webshell")]
    [InlineData("Webshell ", "Webshell ")]
    [InlineData("Malicious script", "Malicious script")]
    public void Canonical_AlertCategory_IsTheLiteralForAliasesOnly(string written, string canonical)
    {
        var key = Vocabulary.Find("suspicious")!.FindKey(Vocabulary.EventType)!;

        key.Canonical(written).ShouldBe(canonical);
    }

    [Theory]
    [InlineData("sas_analysis_online-sas-operation-log-sas-event-vul", "vul")]
    [InlineData("sas_analysis_pre-sas-operation-log-sas-event-ak-leakage", "ak-leakage")]
    [InlineData("sas-event-rasp", "rasp")]
    public void FindByType_AnyPrefix_GoesBySuffix(string type, string suffix)
    {
        Vocabulary.FindByType(type)!.Suffix.ShouldBe(suffix);
    }

    [Theory]
    [InlineData("vul")]
    [InlineData("")]
    [InlineData("sas_analysis_online-sas-operation-log-sas-event-")]
    [InlineData("sas_analysis_online-sas-operation-log-sas-event-VUL")]
    [InlineData("sas_analysis_online-sas-operation-log-sas-event-vul ")]
    [InlineData(" sas_analysis_online-sas-operation-log-sas-event-vul")]
    [InlineData("scan.completed")]
    public void FindByType_AnythingElse_IsNoAlertType(string type)
    {
        Vocabulary.FindByType(type).ShouldBeNull();
    }
}
