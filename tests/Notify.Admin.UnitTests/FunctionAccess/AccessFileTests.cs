using System.Text;
using Notify.Admin.FunctionAccess;

namespace Notify.Admin.UnitTests.FunctionAccess;

public sealed class AccessFileTests
{
    private const string Head =
        "workspace_id,name,function_id,function_callback_id,function_app_id,permission_type,user_ids,team_ids,org_ids";

    public static TheoryData<AccessFileFormat> Formats => [AccessFileFormat.Yaml, AccessFileFormat.Json, AccessFileFormat.Csv];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_WhatWasWritten_IsTheSame(AccessFileFormat format)
    {
        ManagedFunction[] functions =
        [
            Function("Create \"report\", daily\nsecond line # 😀", new FunctionName("Fn0REPORT01", null, null),
                AccessList.Of(PermissionTypes.NamedEntities, ["W2", "U1"], ["T1"], ["E1"])),
            Function("yes", new FunctionName(null, "on", "A0APP"), AccessList.Of(PermissionTypes.Everyone)),
            Function("中文: 是", new FunctionName("Fn0NOBODY", null, null), AccessList.Of(PermissionTypes.NamedEntities)),
            Function("Slack's own", new FunctionName("Fn0SYSTEM", null, null), AccessList.Of(PermissionTypes.System)),
        ];

        var reading = Read(AccessFile.Write(functions, format), format);

        reading.Problems.ShouldBeEmpty();
        reading.Entries.Select(entry => (entry.WorkspaceId, entry.Function, entry.Wish.ToList().Basis))
            .ShouldBe(functions.Select(function => ((int?)function.WorkspaceId, function.ToName(), function.Wanted.Basis)));
    }

    [Fact]
    public void Write_Yaml_NamesPeopleBesideTheirIds()
    {
        var list = new AccessList(PermissionTypes.NamedEntities, [new AccessUser("U1", "ann", "ann@example.com\nfunctions: []")], [], []);

        AccessFile.Write([Function("Report", new FunctionName("Fn1", null, null), list)], AccessFileFormat.Yaml).ShouldBe(
            """
            functions:
              - workspace_id: 7
                name: "Report"
                function_id: Fn1
                permission_type: named_entities
                user_ids:
                  - U1 # ann@example.comfunctions: []
                team_ids: []
                org_ids: []

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("=SUM(A1)")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@cmd")]
    [InlineData("  =1")]
    [InlineData("＝1")]
    [InlineData("\u00A0=1")]
    [InlineData("'=1")]
    [InlineData("'plain")]
    public void Write_CsvWithAFormula_IsMarkedAsText(string name) =>
        AccessFile.Write([Function(name, new FunctionName("Fn1", null, null), AccessList.Of(PermissionTypes.Everyone))],
            AccessFileFormat.Csv).ShouldContain($",'{name},");


    [Theory]
    [InlineData(AccessFileFormat.Json, "{", 1, AccessRule.Syntax)]
    [InlineData(AccessFileFormat.Json, "", 1, AccessRule.FunctionList)]
    [InlineData(AccessFileFormat.Json, "{}", 1, AccessRule.FunctionList)]
    [InlineData(AccessFileFormat.Json, "7", 1, AccessRule.FunctionList)]
    [InlineData(AccessFileFormat.Json, "[]", 1, AccessRule.FunctionList)]
    [InlineData(AccessFileFormat.Json, "[\n 7]", 2, AccessRule.Entry)]
    [InlineData(AccessFileFormat.Json, "[{\"function_id\":\"Fn1\",\n\"permission_type\":\"everyone\",\n\"userids\":[]}]", 3,
        AccessRule.KnownField)]
    [InlineData(AccessFileFormat.Json, "[{\"function_id\":\"Fn1\",\"permission_type\":\"named_entities\",\n\"user_ids\":[1]}]", 2,
        AccessRule.Id)]
    [InlineData(AccessFileFormat.Json, "[{\"function_id\":\"Fn1\",\"permission_type\":\"named_entities\",\n\"user_ids\":\"U1\"}]", 2,
        AccessRule.TextList)]
    [InlineData(AccessFileFormat.Json, "[{\"function_id\":\"Fn1\",\n\"permission_type\":[\"everyone\"]}]", 2, AccessRule.Text)]
    [InlineData(AccessFileFormat.Json, "[{\"function_id\":\"Fn1\",\"function_id\":\"Fn2\",\"permission_type\":\"everyone\"}]", 1,
        AccessRule.OnlyOnce)]
    [InlineData(AccessFileFormat.Json, "[{\"function_id\":\"\\ud800\",\"permission_type\":\"everyone\"}]", 1, AccessRule.Syntax)]
    [InlineData(AccessFileFormat.Json, "[{\"function_id\":\"Fn1\",\"permission_type\":\"everyone\"}]\n[]", 2, AccessRule.Syntax)]
    [InlineData(AccessFileFormat.Yaml, "", 1, AccessRule.FunctionList)]
    [InlineData(AccessFileFormat.Yaml, "functions: [", 1, AccessRule.Syntax)]
    [InlineData(AccessFileFormat.Yaml, "plain", 1, AccessRule.FunctionList)]
    [InlineData(AccessFileFormat.Yaml, "functions:\n  - name: \"\\ud800\\u0041\"", 2, AccessRule.Syntax)]
    [InlineData(AccessFileFormat.Yaml, "functions:\n  - function_id: Fn1\n    permission_type: everyone\n    userids: [U1]", 4,
        AccessRule.KnownField)]
    [InlineData(AccessFileFormat.Yaml, "functions:\n  - function_id: Fn1\n    permission_type: named_entities\n    user_ids: U1", 4,
        AccessRule.TextList)]
    [InlineData(AccessFileFormat.Yaml,
        "functions:\n  - function_id: Fn1\n    permission_type: named_entities\n    user_ids:\n      - U1\n      - {a: b}", 6,
        AccessRule.TextList)]
    [InlineData(AccessFileFormat.Yaml, "functions:\n  - &a {function_id: Fn1, permission_type: everyone}\n  - *a", 2, AccessRule.NoAlias)]
    [InlineData(AccessFileFormat.Yaml, "functions: *a", 1, AccessRule.NoAlias)]
    [InlineData(AccessFileFormat.Yaml, "---\nfunctions: [{function_id: Fn1, permission_type: everyone}]\n---\nmore", 3,
        AccessRule.FunctionList)]
    [InlineData(AccessFileFormat.Csv, "", 1, AccessRule.FunctionList)]
    [InlineData(AccessFileFormat.Csv, "function_id,userids\nFn1,U1", 1, AccessRule.KnownField)]
    [InlineData(AccessFileFormat.Csv, "function_id,function_id\nFn1,Fn1", 1, AccessRule.OnlyOnce)]
    [InlineData(AccessFileFormat.Csv, "function_id,permission_type\nFn1,everyone\n\nFn2,everyone,,U1", 4, AccessRule.CellCount)]
    [InlineData(AccessFileFormat.Csv, "function_id,permission_type\n\"Fn1\n\",everyone\nFn2", 4, AccessRule.SettableType)]
    [InlineData(AccessFileFormat.Csv, "sep=;\nfunction_id;permission_type\nFn1;all", 3, AccessRule.SettableType)]
    [InlineData(AccessFileFormat.Csv, "function_id,permission_type\nFn1,\"everyone", 2, AccessRule.ClosedQuote)]
    [InlineData(AccessFileFormat.Csv, "function_id,permission_type\nFn1,all", 2, AccessRule.SettableType)]
    [InlineData(AccessFileFormat.Csv, "permission_type\neveryone", 2, AccessRule.FunctionName)]
    [InlineData(AccessFileFormat.Csv, "function_id,permission_type,user_ids\nFn1,everyone,U1", 2, AccessRule.MembersOnlyIfNamed)]
    [InlineData(AccessFileFormat.Csv, "function_id,permission_type,user_ids\nFn1,named_entities,\"U1\nann@example.com\"", 2, AccessRule.Id)]
    [InlineData(AccessFileFormat.Csv, "function_id,permission_type,workspace_id\nFn1,everyone,one", 2, AccessRule.Workspace)]
    public void Read_SomethingWrong_NamesLineAndRule(AccessFileFormat format, string text, int line, AccessRule rule)
    {
        var problem = Read(text, format).Problems[0];

        (problem.Line, problem.Rule).ShouldBe((line, rule));
        problem.Field.ShouldNotBeNullOrEmpty();
        problem.Reason.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void Read_CsvOfAnySpreadsheet_FindsTheSeparator(char between)
    {
        var text = $"\uFEFF{Head}\r\n,Report,Fn1,,,named_entities,U1 U2,,\r\n".Replace(',', between);

        var entry = Read(text, AccessFileFormat.Csv).Entries.ShouldHaveSingleItem();

        (entry.Line, entry.WorkspaceId, entry.Function.FunctionId).ShouldBe((2, null, "Fn1"));
        entry.Wish.UserIds.ShouldBe(["U1", "U2"]);
    }

    [Theory]
    [InlineData("sep=;\r\n#\r\n;\"Report; \"\"daily\"\"\";Fn1;;;named_entities;\"U1\r\nU2\"\r\n", ';')]
    [InlineData("SEP=,\n#\n,Report,Fn1,,,named_entities,U1 U2\n", ',')]
    [InlineData("#,,,\r\n,Report,Fn1,,,named_entities,U1 U2,,,,\r\n,,,,,,,,,,,\r\n,,,,\r\n", ',')]
    [InlineData("#\r,Report,Fn1,,,named_entities,\"U1,U2\"\r", ',')]
    [InlineData("\r\n\r\n#\r\n,5\" disk,Fn1,,,named_entities,U1 U2", ',')]
    public void Read_WhatSpreadsheetsAddAndLeaveOut_IsNoProblem(string text, char between)
    {
        var reading = Read("\uFEFF" + text.Replace("#", Head.Replace(',', between), StringComparison.Ordinal), AccessFileFormat.Csv);

        reading.Problems.ShouldBeEmpty();
        var entry = reading.Entries.ShouldHaveSingleItem();
        (entry.WorkspaceId, entry.Function.FunctionId).ShouldBe((null, "Fn1"));
        entry.Wish.UserIds.ShouldBe(["U1", "U2"]);
        (entry.Wish.TeamIds.Count, entry.Wish.OrgIds.Count).ShouldBe((0, 0));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_NotUtf8_SaysSo(AccessFileFormat format) =>
        AccessFile.Read([(byte)'a', (byte)'\n', 0xC3, 0x28], format).Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            problem => problem.Line.ShouldBe(2), problem => problem.Rule.ShouldBe(AccessRule.Utf8));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_MoreFunctionsThanAreTaken_StopsThere(AccessFileFormat format)
    {
        var text = format switch
        {
            AccessFileFormat.Csv =>
                "function_id,permission_type\n" + string.Concat(Enumerable.Range(0, 50_000).Select(n => $"Fn{n},everyone\n")),
            AccessFileFormat.Json => $"[{string.Join(',', Enumerable.Range(0, 50_000).Select(n => $$"""{"function_id":"Fn{{n}}","permission_type":"everyone"}"""))}]",
            _ => string.Concat(Enumerable.Range(0, 50_000).Select(n => $"- {{function_id: Fn{n}, permission_type: everyone}}\n")),
        };

        var reading = Read(text, format);

        reading.Problems.ShouldHaveSingleItem().Rule.ShouldBe(AccessRule.MostFunctions);
        reading.Entries.Count.ShouldBe(AccessFile.MostFunctions);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_TenMegabytesOfNesting_IsRefused(AccessFileFormat format) =>
        AccessFile.Read(Encoding.UTF8.GetBytes(new string(format == AccessFileFormat.Csv ? '"' : '[', AccessFile.MostBytes)),
            format).Problems.ShouldNotBeEmpty();

    [Fact]
    public void Read_MoreIdsThanAreTaken_IsRefused()
    {
        var ids = string.Join(' ', Enumerable.Range(0, AccessFile.MostIds + 1).Select(n => $"U{n}"));

        Read($"function_id,permission_type,user_ids\nFn1,named_entities,{ids}",
            AccessFileFormat.Csv).Problems.ShouldHaveSingleItem().Rule.ShouldBe(AccessRule.MostIds);
    }

    [Fact]
    public void Read_AliasesWithinAliases_AreNotFollowed()
    {
        var bomb = new StringBuilder("a: &a [U1]\n");
        for (var c = 'b'; c <= 'z'; c++)
        {
            bomb.Append(c).Append(": &").Append(c).Append(" [").AppendJoin(',', Enumerable.Repeat($"*{(char)(c - 1)}", 20)).Append("]\n");
        }

        Read(bomb + "functions: *z", AccessFileFormat.Yaml).Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("functions:\n - function_id: Fn1", AccessFileFormat.Yaml)]
    [InlineData("# exported, today\nfunctions: []", AccessFileFormat.Yaml)]
    [InlineData("\uFEFF {\"functions\":[]}", AccessFileFormat.Json)]
    [InlineData("[{}]", AccessFileFormat.Json)]
    [InlineData("\uFEFFfunction_id;permission_type\nFn1;everyone", AccessFileFormat.Csv)]
    public void Guess_ByHowItBegins_IsRight(string text, AccessFileFormat format) => AccessFileFormats.Guess(text).ShouldBe(format);

    private static AccessFileReading Read(string text, AccessFileFormat format) => AccessFile.Read(Encoding.UTF8.GetBytes(text), format);

    private static ManagedFunction Function(string name, FunctionName function, AccessList wanted) => new()
    {
        WorkspaceId = 7, Name = name, Key = function.Key, FunctionId = function.FunctionId, CallbackId = function.CallbackId,
            AppId = function.AppId, Wanted = wanted, CreatedBy = "test",
    };
}
