using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Notify.Admin.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class FunctionAccess : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ManagedFunctions",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<int>(type: "int", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false),
                    Key = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    FunctionId = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true),
                    CallbackId = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true),
                    AppId = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true),
                    Wanted = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Now = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    ReadAt = table.Column<long>(type: "bigint", nullable: true),
                    ErrorCode = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true),
                    ErrorDetail = table.Column<string>(type: "nvarchar(1024)", maxLength: 1024, nullable: true),
                    NowType = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    NowUsers = table.Column<int>(type: "int", nullable: false),
                    NowTeams = table.Column<int>(type: "int", nullable: false),
                    NowOrgs = table.Column<int>(type: "int", nullable: false),
                    DriftedAt = table.Column<long>(type: "bigint", nullable: true),
                    ToldBasis = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    CheckDueAt = table.Column<long>(type: "bigint", nullable: true),
                    LastChangeAt = table.Column<long>(type: "bigint", nullable: true),
                    LastChangeBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    CreatedBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ManagedFunctions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ManagedFunctions_SlackWorkspaces_WorkspaceId",
                        column: x => x.WorkspaceId,
                        principalTable: "SlackWorkspaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AccessRuns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    FunctionId = table.Column<int>(type: "int", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    State = table.Column<int>(type: "int", nullable: false),
                    Wanted = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Before = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    After = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    Basis = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    Steps = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    CallsAhead = table.Column<int>(type: "int", nullable: false),
                    WaitingUntil = table.Column<long>(type: "bigint", nullable: true),
                    Code = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true),
                    Detail = table.Column<string>(type: "nvarchar(2048)", maxLength: 2048, nullable: true),
                    Remaining = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    StartedBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    StartedById = table.Column<string>(type: "nvarchar(450)", maxLength: 450, nullable: true),
                    Origin = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    BulkId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    LeaseToken = table.Column<long>(type: "bigint", nullable: true),
                    LeaseUntil = table.Column<long>(type: "bigint", nullable: true),
                    Attempts = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccessRuns", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AccessRuns_ManagedFunctions_FunctionId",
                        column: x => x.FunctionId,
                        principalTable: "ManagedFunctions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "ChangeVersions",
                columns: new[] { "Area", "Version" },
                values: new object[] { "function-access", 1L });

            migrationBuilder.CreateIndex(
                name: "IX_AccessRuns_BulkId",
                table: "AccessRuns",
                column: "BulkId");

            migrationBuilder.CreateIndex(
                name: "IX_AccessRuns_FunctionId_Id",
                table: "AccessRuns",
                columns: new[] { "FunctionId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AccessRuns_State_Id",
                table: "AccessRuns",
                columns: new[] { "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ManagedFunctions_CheckDueAt",
                table: "ManagedFunctions",
                column: "CheckDueAt");

            migrationBuilder.CreateIndex(
                name: "IX_ManagedFunctions_WorkspaceId_Key",
                table: "ManagedFunctions",
                columns: new[] { "WorkspaceId", "Key" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccessRuns");

            migrationBuilder.DropTable(
                name: "ManagedFunctions");

            migrationBuilder.DeleteData(
                table: "ChangeVersions",
                keyColumn: "Area",
                keyValue: "function-access");
        }
    }
}
