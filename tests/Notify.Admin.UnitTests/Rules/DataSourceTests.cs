using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

public sealed class DataSourceTests
{
    [Fact]
    public void All_VulnerabilityType_IsTheVendorsSample()
    {
        var vulnerabilities = DataSource.All[0];

        vulnerabilities.Name.ShouldBe("sas_analysis_online-sas-operation-log-sas-event-vul");
        vulnerabilities.LabelKey.ShouldBe("dingtalk_vul");
        vulnerabilities.Fields[0].ShouldBe(new DataSourceField("type", "dingtalk_vul_type", "string", "regex",
            "all:dingtalk_all;cms:dingtalk_vul_cms;oval:dingtalk_vul_cve;sys:dingtalk_vul_sys;emg:dingtalk_vul_emg"));
    }

    [Fact]
    public void All_Alerts_HasTheVendorsIdAndLabel()
    {
        DataSource.All.Single(source => source.Id == 1753).LabelKey.ShouldBe("dingtalk_suspicious");
    }

    [Fact]
    public void All_EverySample_GivesBackTheVocabulary()
    {
        var read = DataSource.All.SelectMany(source => source.Fields.SelectMany(field => field.Sample.Split(';')
            .Select(pair => (source.Name, field.Key, Literal: pair.Split(':', 2)[0]))));

        read.ShouldBe(Vocabulary.AlertTypes.SelectMany(type =>
            type.Keys.SelectMany(key => key.Values.Select(value => (type.FullName, key.Name, value.Literal)))));
    }
}
