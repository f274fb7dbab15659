using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Notify.Admin.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SlackWorkspaces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "SlackWorkspaces",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    BotToken = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    BotTokenVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    TeamId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    TeamName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Url = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    EnterpriseId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    IsEnterpriseInstall = table.Column<bool>(type: "INTEGER", nullable: false),
                    BotUserId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    BotUserName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Scopes = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    CheckCode = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    CheckedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ConfigToken = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    RefreshToken = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    ConfigEndsAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ConfigUserId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    ConfigUserName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    PairState = table.Column<int>(type: "INTEGER", nullable: false),
                    PairReason = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    PairVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    PairChangedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RotationToken = table.Column<long>(type: "INTEGER", nullable: true),
                    RotationUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    RotationRetryAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RotationCode = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    RotationFailures = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedBy = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlackWorkspaces", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SlackDirectoryReadings",
                columns: table => new
                {
                    WorkspaceId = table.Column<int>(type: "INTEGER", nullable: false),
                    Reading = table.Column<int>(type: "INTEGER", nullable: false),
                    TeamId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Cursor = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: true),
                    IsUnderWay = table.Column<bool>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PeopleRead = table.Column<int>(type: "INTEGER", nullable: false),
                    CompletedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    People = table.Column<int>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Detail = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    LeaseToken = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlackDirectoryReadings", x => x.WorkspaceId);
                    table.ForeignKey(
                        name: "FK_SlackDirectoryReadings_SlackWorkspaces_WorkspaceId",
                        column: x => x.WorkspaceId,
                        principalTable: "SlackWorkspaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SlackPeople",
                columns: table => new
                {
                    WorkspaceId = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    TeamId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Handle = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    RealName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    DisplayName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Email = table.Column<string>(type: "TEXT", maxLength: 320, nullable: true),
                    Reading = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlackPeople", x => new { x.WorkspaceId, x.UserId });
                    table.ForeignKey(
                        name: "FK_SlackPeople_SlackWorkspaces_WorkspaceId",
                        column: x => x.WorkspaceId,
                        principalTable: "SlackWorkspaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SlackTeams",
                columns: table => new
                {
                    WorkspaceId = table.Column<int>(type: "INTEGER", nullable: false),
                    TeamId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Reading = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlackTeams", x => new { x.WorkspaceId, x.TeamId });
                    table.ForeignKey(
                        name: "FK_SlackTeams_SlackWorkspaces_WorkspaceId",
                        column: x => x.WorkspaceId,
                        principalTable: "SlackWorkspaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "ChangeVersions",
                columns: new[] { "Area", "Version" },
                values: new object[] { "slack-workspaces", 1L });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SlackDirectoryReadings");

            migrationBuilder.DropTable(
                name: "SlackPeople");

            migrationBuilder.DropTable(
                name: "SlackTeams");

            migrationBuilder.DropTable(
                name: "SlackWorkspaces");

            migrationBuilder.DeleteData(
                table: "ChangeVersions",
                keyColumn: "Area",
                keyValue: "slack-workspaces");
        }
    }
}
